/** Cards in English. */
import { counting, type Messages } from './messages.ts';

const { number, counted } = counting('en');
const times = counted({ one: '# time', other: '# times' });

/** Every sentence in English. */
export const en: Messages = {
  number,
  events: counted({ one: '# event', other: '# events' }),
  counted: {
    critical: counted({ other: '# critical' }),
    error: counted({ one: '# error', other: '# errors' }),
    warning: counted({ one: '# warning', other: '# warnings' }),
    info: counted({ other: '# info' }),
  },
  severity: { critical: 'Critical', error: 'Error', warning: 'Warning', info: 'Info' },
  list: (parts) => parts.join(', '),
  titled: (name, what) => `${name}: ${what}`,
  timesLast: (count, when, sameDay) => `${times(count)}, last ${sameDay ? 'at' : 'on'} ${when}`,
  more: counted({ other: '+# more' }),
  moreElsewhere: counted({ other: '+# more in other groups' }),
  viewDigest: 'View full digest',
  open: 'Open',
  settings: 'Change or stop',
  shortened: 'Shortened: the event was too large to show whole.',
  chartAlt: (events, period) => `Bar chart: ${events}, ${period}`,
  alreadyShown: counted({ other: '# already shown' }),
  nothingNew: { title: (brand) => `${brand}: nothing new`, text: 'No events since the last digest.' },
  plain: (events) => `${events} came in. The card could not show them here.`,
  quiet: {
    title: (brand) => `${brand}: all quiet`,
    since: (date) => `No events since ${date}.`,
    paused: 'This channel is paused.',
    why: 'This note keeps the channel’s workflow switched on. There is nothing to do.',
  },
  disabled: {
    title: (brand) => `${brand}: a channel is no longer reached`,
    text: (channel) => `Cards do not arrive in “${channel}” any more.`,
    what: 'What comes is kept. Its owner can give it a new webhook; until then it is tried again from time to time.',
    reason: 'Reason',
    since: 'Since',
  },
  welcome: {
    title: (brand) => `${brand} is connected`,
    setUpBy: (person) => `Set up by ${person}.`,
    setUp: 'Events will be posted here from now on.',
    what: 'What comes',
    everything: 'Everything',
    schedule: 'Schedule',
    first: 'First delivery',
    atOnce: 'As it happens',
    howToChange: 'Any owner can change or stop this.',
  },
  test: {
    title: (brand) => `${brand}: test`,
    text: 'This is a test. If you can read it, cards arrive here.',
    sentAt: 'Sent',
  },
  answers: {
    someone: 'someone with the link',
    done: ({ what, who, when, sameDay }) => `${what}: done by ${who} ${sameDay ? 'at' : 'on'} ${when}`,
    follows: ({ what, who, when, sameDay }) => `After “${what}” by ${who} ${sameDay ? 'at' : 'on'} ${when}`,
    sent: (title, brand) => `"${title}" was sent to ${brand}.`,
    already: 'This was done already.',
    anyone: 'Anyone who has this link may act. Who it was is not recorded.',
    signedInAs: (name) => `You act as ${name}.`,
    send: 'Send',
    again: 'Nothing happens until you press the button.',
  },
  page: {
    topic: 'Topic',
    allTopics: 'All topics',
    atLeast: 'At least',
    search: 'Search',
    show: 'Show',
    next: 'Next page',
    searchOn: 'Continue the search',
    noMatch: 'No event matches.',
    gone: 'Nothing more is kept of this digest.',
  },
};
