/** Why nothing was sent, in German. */
import type { RefusalWords } from './words.ts';

/** Every sentence in German. */
export const de: RefusalWords = {
  title: 'Es wurde nichts gesendet',
  help: 'Wenn Sie um Hilfe bitten, nennen Sie diesen Code:',
  address:
    'Diese Adresse ist unvollständig oder wurde unterwegs verändert. Öffnen Sie sie noch einmal von der Karte aus.',
  withdrawn: 'Diese Karte wird nicht mehr angenommen, weil ihr Schlüssel zurückgezogen wurde. Nehmen Sie eine neuere.',
  old: 'Diese Karte ist älter als 31 Tage und kann nicht mehr beantwortet werden.',
  removed: 'Diese Benachrichtigungen wurden entfernt; ihre Karten können nicht mehr beantwortet werden.',
  unknown: 'Das kann hier nicht mehr beantwortet werden. Gibt es eine neuere Karte, nehmen Sie diese.',
  otherOrganisation: 'Diese Karte gehört einer anderen Organisation als Sie.',
  formOld: 'Diese Seite war zu lange offen. Öffnen Sie den Link noch einmal und senden Sie dann Ihre Antwort.',
  signInMissing:
    'Hier muss bekannt sein, wer Sie sind, doch die Anmeldung ist nicht eingerichtet. Sagen Sie es denen, die diese Verbindung betreiben.',
  signInRefused:
    'Sie haben sich nicht angemeldet, daher wurde nichts gesendet. Öffnen Sie den Link für einen neuen Versuch.',
  signInFailed:
    'Die Anmeldung ist nicht gelungen oder wurde in einem anderen Browser begonnen. Öffnen Sie den Link noch einmal.',
  kept: 'Ihre Antwort ist gespeichert, konnte aber noch nicht weitergegeben werden. Das geschieht binnen einer Stunde, oder senden Sie sie erneut.',
  failed: 'Bei uns ist etwas fehlgeschlagen. Versuchen Sie es in einer Minute noch einmal.',
  input: (fault) => {
    switch (fault.is) {
      case 'missing':
        return `„${fault.input}“ muss ausgefüllt werden.`;
      case 'long':
        return `„${fault.input}“ darf höchstens ${fault.most} Zeichen haben.`;
      case 'date':
        return `„${fault.input}“ muss ein Datum sein, etwa 2026-12-24.`;
      case 'date-time':
        return `„${fault.input}“ muss ein Datum mit Uhrzeit sein, etwa 2026-12-24T09:00.`;
      case 'choice':
        return `„${fault.input}“ muss eine der angebotenen Möglichkeiten sein.`;
      case 'past-day':
        return 'Wählen Sie einen Tag, der noch kommt.';
      case 'long-altogether':
        return 'Das Ausgefüllte ist insgesamt zu lang. Kürzen Sie es und senden Sie es noch einmal.';
      default:
        return fault satisfies never;
    }
  },
};
