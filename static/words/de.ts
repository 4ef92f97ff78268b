/** The pages in German. */
import { counting } from '../../shared/cards/messages/messages.ts';
import type { Words } from './en.ts';

const { counted } = counting('de');
const events = counted({ one: '# Ereignis', other: '# Ereignisse' });

/** Every sentence in German. */
export const de: Words = {
  who: (account, person) => `Konto ${account}, angemeldet als ${person}`,
  someone: 'eine Person Ihrer Organisation',
  loading: 'Einen Moment…',
  slow: 'Das dauert länger als sonst. Es läuft noch.',
  tryAgain: 'Noch einmal versuchen',
  cancel: 'Abbrechen',
  opensNewWindow: '(öffnet ein neues Fenster)',

  signIn: {
    title: (product) => `Bei ${product} anmelden`,
    why: (product) => `Damit wir wissen, zu welchem Konto bei ${product} dieser Kanal gehört.`,
    once: 'Das ist nur einmal nötig. Beim nächsten Mal wissen wir es noch.',
    button: (product) => `Bei ${product} anmelden`,
    waiting: 'Melden Sie sich in dem Fenster an, das sich geöffnet hat.',
    blocked:
      'Ihr Browser hat das Fenster nicht geöffnet. Erlauben Sie Pop-ups für diese Seite und versuchen Sie es noch einmal.',
    closed: 'Das Fenster wurde geschlossen, bevor Sie angemeldet waren.',
    failed: 'Die Anmeldung hat nicht geklappt. Schließen Sie dieses Fenster und versuchen Sie es noch einmal.',
    done: 'Fertig. Sie können dieses Fenster schließen.',
    noOpener:
      'Sie sind angemeldet, aber die Seite, die danach gefragt hat, ist nicht mehr da. Schließen Sie dieses Fenster und öffnen Sie die Einstellungen noch einmal.',
    refused: 'Microsoft hat uns nicht gesagt, wer Sie sind. Vielleicht muss Ihre Organisation es erst erlauben.',
    refusedHelp: 'Bitten Sie Ihre Administration, diese App zu erlauben, und versuchen Sie es dann noch einmal.',
    ended: 'Ihre Sitzung ist abgelaufen. Melden Sie sich wieder an: Was Sie hier gewählt haben, bleibt erhalten.',
    none: (product) => `Öffnen Sie diese Seite aus ${product}, wo Sie angemeldet sind.`,
    everyone: (product) => `Für alle in meiner Organisation (nur für Administratoren von ${product})`,
    linked: (account) => `Ihr Microsoft-Konto ist mit ${account} verknüpft.`,
    linkedForAll: (account) => `Ihre Organisation ist mit ${account} verknüpft.`,
    forget: 'Verknüpfung vergessen',
    forgotten: 'Vergessen. Beim nächsten Mal bitten wir Sie wieder, sich anzumelden.',
  },

  start: {
    yours: 'Ihre Kanäle',
    where: 'Wohin',
    connect: 'Mit Office 365 verbinden',
    connectHint: 'Wählen Sie eine Gruppe oder Ihren Posteingang. Danach kommen Sie hierher zurück.',
    or: 'oder',
    address: 'Webhook-Adresse des Kanals',
    addressHint:
      'Aus Workflows oder Incoming Webhook. Sie ist geheim wie ein Passwort: Wir bewahren sie sicher auf und zeigen sie nie.',
    addressWrong:
      'Das ist nicht die Adresse eines Teams-Workflows oder eines Incoming Webhook. Sie beginnt mit https:// und ist recht lang: Kopieren Sie sie ganz.',
    name: 'Name des Kanals',
    nameHint: 'Damit Sie ihn hier wiedererkennen.',
    nameNeeded: 'Geben Sie dem Kanal einen Namen.',
    addressNeeded: 'Fügen Sie die Adresse des Kanals ein.',
    guide: 'Wie bekomme ich die Adresse?',
    steps: [
      'Öffnen Sie in Teams das Menü … neben dem Kanal und wählen Sie Workflows.',
      'Suchen Sie nach „Webhook“ und wählen Sie die Vorlage, die in einem Kanal postet, wenn eine Webhookanforderung empfangen wird.',
      'Geben Sie ihr einen Namen, wählen Sie Team und Kanal, dann „Workflow hinzufügen“.',
      'Kopieren Sie die angezeigte Adresse und fügen Sie sie oben ein.',
    ],
    stepAlts: [
      'Zeichnung: das Menü eines Kanals mit dem Eintrag Workflows',
      'Zeichnung: eine Suche nach „Webhook“ mit einer gefundenen Vorlage',
      'Zeichnung: ein Formular mit Team und Kanal und dem Knopf zum Hinzufügen',
      'Zeichnung: eine lange Adresse mit dem Knopf zum Kopieren',
    ],
    coOwner:
      'Machen Sie eine Kollegin oder einen Kollegen zum Mitbesitzer des Workflows: Er hört auf, wenn sein einziger Besitzer geht.',
    connectorsOff:
      'Ihr Kanal hat keinen Eintrag Connectors? Microsoft hat Connectors in Teams abgeschaltet, und Ihre Administration vielleicht auch in Outlook. Nehmen Sie Workflows wie hier beschrieben: Sie leisten dasselbe.',
  },

  form: {
    newTitle: 'Was soll hier ankommen?',
    editTitle: (name) => `Einstellungen für ${name}`,
    save: 'Speichern',
    saving: 'Wird gespeichert…',
    saved: 'Gespeichert.',
    savedNext: (when) => `Gespeichert. Die nächste Karte kommt: ${when}.`,
    next: (when) => `Nächste Karte: ${when}`,
    saveInHost: 'Wählen Sie unten „Speichern“, wenn Sie fertig sind.',
    topics: 'Themen',
    topicsHint: 'Wovon dieser Kanal erfährt.',
    everything: 'Alles',
    everythingHint: 'Auch Themen, die später dazukommen.',
    searchTopics: 'Themen suchen',
    topicsFound: counted({ one: '# Thema gefunden', other: '# Themen gefunden' }),
    noTopic: 'Kein Thema passt. Versuchen Sie ein anderes Wort.',
    chosen: (count, total) => `${count} von ${total} gewählt`,
    recommended: 'Die empfohlenen wählen',
    topicsNeeded: 'Wählen Sie mindestens ein Thema, oder alles.',
    wholeGroup: (group) => `Alles aus ${group}`,
    scopes: 'Bereiche Ihres Kontos',
    scopesHint: 'Wählen Sie keinen, dann sind es alle.',
    searchScopes: 'Bereiche suchen',
    minSeverity: 'Wie wichtig',
    minSeverityOptions: {
      info: 'Alles',
      warning: 'Warnungen und Schlimmeres',
      error: 'Fehler und Schlimmeres',
      critical: 'Nur Kritisches',
    },
    urgent: 'Sofort melden, ohne zu warten',
    urgentOptions: {
      none: 'Nichts',
      critical: 'Kritisches',
      error: 'Fehler und Schlimmeres',
      warning: 'Warnungen und Schlimmeres',
      info: 'Alles',
    },
    when: 'Wann',
    every: {
      now: 'Sofort',
      hour: 'Jede Stunde',
      day: 'Jeden Tag',
      week: 'Jede Woche',
      month: 'Jeden Monat',
    },
    at: 'Uhrzeit',
    atNeeded: 'Wählen Sie eine Uhrzeit.',
    days: 'An diesen Tagen',
    daysNeeded: 'Wählen Sie mindestens einen Tag.',
    day: 'Tag',
    monthDay: 'Tag im Monat',
    lastDay: 'Der letzte Tag',
    shortMonths: 'In kürzeren Monaten: deren letzter Tag.',
    minute: 'Minuten nach der vollen Stunde',
    zone: 'Zeitzone',
    zoneHint: 'Geben Sie eine Stadt oder ein Land ein.',
    zoneWrong: 'Wählen Sie eine Zeitzone aus der Liste.',
    zonesFound: counted({ one: '# Zeitzone gefunden', other: '# Zeitzonen gefunden' }),
    more: 'Weitere Einstellungen',
    whenEmpty: 'Wenn nichts geschehen ist',
    whenEmptyOptions: { skip: 'Nichts senden', say: 'Kurz sagen, dass alles ruhig ist' },
    language: 'Sprache der Karten',
    identity: 'Nur angemeldete Personen dürfen von einer Karte aus antworten',
    identityHint: 'Links auf Karten führen dann zu einer Seite, auf der man sich anmeldet.',
  },

  preview: {
    title: 'Vorschau',
    next: 'Die nächsten fünf Male',
    nextNow: 'Für jedes Ereignis kommt eine Karte, binnen Sekunden.',
    urgentToo: 'Dringendes kommt sofort, dazwischen.',
    paused: 'Solange pausiert ist, wird nichts gesendet.',
    clocksForward: (day, time) => `Die Uhren werden bis ${day} vorgestellt: Es bleibt bei ${time} nach der Uhr.`,
    clocksBack: (day, time) => `Die Uhren werden bis ${day} zurückgestellt: Es bleibt bei ${time} nach der Uhr.`,
    skippedTime: (asked, given) =>
      `${asked} gibt es an diesem Tag nicht, weil die Uhren vorgestellt werden: Es kommt um ${given}.`,
    card: 'So wird es aussehen',
    fromEvents: 'Aus Ihren letzten Ereignissen.',
    fromSamples: 'Mit erfundenen Ereignissen.',
    updating: 'Die Vorschau wird erneuert…',
    failed: 'Die Vorschau ist gerade nicht zu haben. Speichern geht trotzdem.',
    incomplete: 'Die Vorschau kommt, sobald das Formular vollständig ist.',
    cardName: 'Vorschau der Karte',
  },

  test: {
    title: 'Testkarte',
    button: 'Testkarte senden',
    sending: 'Wird gesendet…',
    afterSave:
      'Eine Testkarte können Sie nach dem Speichern senden: Erst dann ist der Kanal erreichbar. Öffnen Sie dafür diese Einstellungen noch einmal.',
    needsAddress: 'Fügen Sie erst die Adresse des Kanals ein.',
    delivered: 'Zugestellt. Sehen Sie im Kanal nach: Dort ist die Testkarte.',
    accepted: 'Teams hat die Karte angenommen. Das beweist nicht, dass sie zu sehen ist:',
    question: 'Sehen Sie sie im Kanal?',
    yes: 'Ja, ich sehe sie',
    no: 'Nein',
    seen: 'Gut. Alles funktioniert.',
    unseen:
      'Dann hat der Workflow die Karte angenommen und konnte sie nicht posten. Öffnen Sie in Teams Workflows, sehen Sie im Ausführungsverlauf dieses Workflows nach, und prüfen Sie seinen Kanal und seinen Besitzer. Senden Sie dann noch eine Testkarte.',
    refused: 'Der Kanal hat die Karte nicht angenommen.',
    unclear:
      'Der Kanal hat nicht geantwortet. Vielleicht ist die Karte trotzdem da: Sehen Sie nach, bevor Sie noch eine senden.',
  },

  timeline: {
    title: 'Was gesendet wurde',
    none: 'Noch wurde nichts gesendet.',
    more: 'Mehr zeigen',
    view: 'Alles daraus',
    events,
    outcomes: {
      delivered: 'Zugestellt',
      accepted: 'Von Teams angenommen',
      sending: 'Unterwegs',
      retrying: 'Noch nicht zugestellt',
      returned: 'Nicht zugestellt; die Ereignisse warten auf die nächste Karte',
      unclear: 'Keine klare Antwort; vielleicht doppelt angekommen',
    },
    next: (when) => `nächster Versuch ${when}`,
    reasons: {
      gone: 'Die Adresse des Kanals gibt es nicht mehr',
      refused: 'Der Kanal hat die Karte abgelehnt',
      'too-large': 'Die Karte war zu groß; sie kommt kleiner',
      throttled: 'Teams bat uns zu warten',
      failing: 'Teams hatte eine Störung',
      unreachable: 'Teams war nicht zu erreichen',
      unclear: 'Die Antwort ging verloren',
      closed:
        'Der Workflow nimmt nur Karten von Angemeldeten: Stellen Sie ihn auf „Jeder“ und kopieren Sie die ganze Adresse noch einmal',
      blocked: 'Ihre Organisation erlaubt es nicht',
      other: 'Etwas ist schiefgegangen',
    },
  },

  health: {
    last: (when, what) => `Zuletzt zugestellt ${when}, ${what}`,
    lastOnly: (when) => `Zuletzt zugestellt ${when}`,
    next: (when) => `als Nächstes ${when}`,
    nextFirst: (when) => `Erste Zustellung: ${when}.`,
    now: 'Ereignisse kommen, sobald sie geschehen.',
    nothingYet: 'Noch ist nichts gekommen.',
    failing: (since, why) =>
      `Kommt nicht durch, seit: ${since}. ${why}. Wir versuchen es weiter; nichts geht verloren.`,
    paused: 'Pausiert, bis Sie fortsetzen.',
    pausedUntil: (when) => `Pausiert bis: ${when}.`,
    keeps: 'Was inzwischen kommt, wartet.',
    drops: 'Was inzwischen kommt, wird nicht aufgehoben.',
    stopped: (why) =>
      `Angehalten: ${why}. Fügen Sie eine neue Adresse ein, dann geht es weiter; was gewartet hat, kommt dann.`,
    stoppedInHost: (why) =>
      `Angehalten: ${why}. Speichern Sie diese Einstellungen noch einmal, dann geht es weiter; was gewartet hat, kommt dann.`,
    list: (parts) => `${parts.join('; ')}.`,
  },

  actions: {
    title: 'Verwalten',
    pause: 'Pausieren',
    pauseTitle: 'Diesen Kanal pausieren',
    arriving: 'Was inzwischen kommt',
    keep: 'Für später aufheben',
    drop: 'Nicht aufheben',
    until: 'Bis',
    untilResumed: 'Bis ich fortsetze',
    untilDate: 'Bis zu einem Datum',
    date: 'Datum',
    dateNeeded: 'Wählen Sie ein Datum nach heute, in den nächsten fünf Jahren.',
    resume: 'Fortsetzen',
    resumed: 'Es geht weiter.',
    paused: 'Pausiert.',
    sendNow: (count) => `Jetzt senden (${count} warten)`,
    sendNowNone: 'Nichts wartet',
    sent: 'Unterwegs: Die Karte kommt gleich.',
    remove: 'Entfernen',
    removeTitle: (name) => `${name} entfernen?`,
    removeText: 'Es wird nichts mehr gesendet, und was wartet, entfällt. Das lässt sich nicht rückgängig machen.',
    removeConfirm: 'Endgültig entfernen',
    removed: 'Entfernt. Es wird nichts mehr gesendet.',
    webhook: 'Webhook ändern',
    webhookTitle: 'Webhook ändern',
    webhookText: 'Zeitplan, Themen und wartende Ereignisse bleiben, wie sie sind.',
    webhookNew: 'Neue Webhook-Adresse',
    webhookSave: 'Diese Adresse nehmen',
    webhookChanged: 'Die neue Adresse gilt. Senden Sie zur Sicherheit eine Testkarte.',
  },

  removal: {
    title: (name) => `${name} entfernen`,
    text: 'Wenn Sie unten „Entfernen“ wählen, wird diesem Kanal nichts mehr gesendet, und was wartet, entfällt.',
    gone: 'Hier gibt es nichts mehr zu entfernen. Wählen Sie unten „Entfernen“, um aufzuräumen.',
  },

  foreign: {
    title: 'Das können Sie nicht ändern',
    text: 'Jemand anderes hat es eingerichtet, oder es wurde entfernt.',
    takeOverTitle: 'Jemand anderes hat diesen Kanal eingerichtet',
    takeOverText: 'Auch Ihnen gehört dieser Kanal, Sie können ihn also teilen: Beide können ihn dann ändern.',
    takeOver: 'Mitbesitzer werden',
    all: 'Alle Ihre Kanäle',
  },

  conflict: {
    text: 'Jemand hat diese Einstellungen geändert, während Sie sie offen hatten.',
    theirs: 'Zeigen, was gespeichert wurde',
    mine: 'Stattdessen meine speichern',
  },

  problems: {
    offline: 'Wir sind nicht zu erreichen. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
    unavailable:
      'Bei uns ist etwas gestört. Nichts von Ihrer Auswahl ist verloren: Versuchen Sie es in einer Minute noch einmal.',
    'session-ended': 'Ihre Sitzung ist abgelaufen. Melden Sie sich wieder an.',
    'webhook-not-allowed':
      'An diese Adresse dürfen wir nichts senden. Kopieren Sie sie noch einmal aus Workflows oder Incoming Webhook.',
    'webhook-taken':
      'Diese Adresse wird hier schon für einen anderen Kanal benutzt. Machen Sie eine neue, oder ändern Sie jenen.',
    'webhook-of-another-tenant': 'Diese Adresse gehört einer anderen Organisation als Ihrer.',
    'not-found': 'Das gibt es nicht, oder es gehört Ihnen nicht.',
    'too-many': 'Das war viel in kurzer Zeit. Warten Sie ein paar Minuten und versuchen Sie es noch einmal.',
    'no-webhook':
      'Teams hat uns für diesen Kanal keine Adresse gegeben. Schließen Sie dieses Fenster und fügen Sie den Connector noch einmal hinzu.',
    'no-host': 'Diese Seite ist für Teams und Outlook gemacht. Öffnen Sie sie dort oder ohne Rahmen.',
    unknown: 'Das hat nicht geklappt. Versuchen Sie es in einer Minute noch einmal.',
    code: (code) => `Wenn Sie um Hilfe bitten, nennen Sie diesen Code: ${code}`,
  },

  languages: { en: 'Englisch', de: 'Deutsch', fr: 'Französisch', es: 'Spanisch', ja: 'Japanisch' },
};
