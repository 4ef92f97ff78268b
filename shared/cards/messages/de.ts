/** Cards in German. */
import { counting, type Messages } from './messages.ts';

const { number, counted } = counting('de');

/** Every sentence in German. */
export const de: Messages = {
  number,
  events: counted({ one: '# Ereignis', other: '# Ereignisse' }),
  counted: {
    critical: counted({ other: '# kritisch' }),
    error: counted({ other: '# Fehler' }),
    warning: counted({ one: '# Warnung', other: '# Warnungen' }),
    info: counted({ one: '# Info', other: '# Infos' }),
  },
  severity: { critical: 'Kritisch', error: 'Fehler', warning: 'Warnung', info: 'Info' },
  list: (parts) => parts.join(', '),
  titled: (name, what) => `${name}: ${what}`,
  timesLast: (count, when, sameDay) => `${number(count)}-mal, zuletzt ${sameDay ? 'um' : 'am'} ${when}`,
  more: counted({ one: '+# weiteres', other: '+# weitere' }),
  moreElsewhere: counted({ one: '+# weiteres in anderen Gruppen', other: '+# weitere in anderen Gruppen' }),
  viewDigest: 'Ganze Übersicht ansehen',
  open: 'Öffnen',
  settings: 'Ändern oder beenden',
  shortened: 'Gekürzt: Das Ereignis war zu groß, um es ganz zu zeigen.',
  chartAlt: (events, period) => `Balkendiagramm: ${events}, ${period}`,
  alreadyShown: counted({ other: '# bereits gezeigt' }),
  nothingNew: { title: (brand) => `${brand}: nichts Neues`, text: 'Keine Ereignisse seit der letzten Übersicht.' },
  plain: (events) => `Eingegangen: ${events}. Die Karte konnte sie hier nicht zeigen.`,
  quiet: {
    title: (brand) => `${brand}: alles ruhig`,
    since: (date) => `Keine Ereignisse seit ${date}.`,
    paused: 'Dieser Kanal ist angehalten.',
    why: 'Diese Nachricht hält den Workflow des Kanals eingeschaltet. Es ist nichts zu tun.',
  },
  disabled: {
    title: (brand) => `${brand}: Ein Kanal wird nicht mehr erreicht`,
    text: (channel) => `In „${channel}“ kommen keine Karten mehr an.`,
    what: 'Was eingeht, wird aufbewahrt. Wer den Kanal eingerichtet hat, kann ihm einen neuen Webhook geben; bis dahin wird es ab und zu erneut versucht.',
    reason: 'Grund',
    since: 'Seit',
  },
  welcome: {
    title: (brand) => `${brand} ist verbunden`,
    setUpBy: (person) => `Eingerichtet von ${person}.`,
    setUp: 'Ab jetzt werden Ereignisse hier gepostet.',
    what: 'Was kommt',
    everything: 'Alles',
    schedule: 'Zeitplan',
    first: 'Erste Zustellung',
    atOnce: 'Sobald es geschieht',
    howToChange: 'Alle Besitzer können das ändern oder beenden.',
  },
  test: {
    title: (brand) => `${brand}: Test`,
    text: 'Das ist ein Test. Wenn Sie ihn lesen können, kommen Karten hier an.',
    sentAt: 'Gesendet',
  },
  page: {
    topic: 'Thema',
    allTopics: 'Alle Themen',
    atLeast: 'Mindestens',
    search: 'Suche',
    show: 'Anzeigen',
    next: 'Nächste Seite',
    searchOn: 'Weitersuchen',
    noMatch: 'Kein Ereignis passt.',
    gone: 'Von dieser Übersicht ist nichts mehr aufbewahrt.',
  },
};
