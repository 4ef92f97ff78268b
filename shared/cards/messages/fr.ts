/** Cards in French. */
import { counting, type Messages } from './messages.ts';

const { number, counted } = counting('fr');

/** Every sentence in French. */
export const fr: Messages = {
  number,
  events: counted({ one: '# événement', many: '# d’événements', other: '# événements' }),
  counted: {
    critical: counted({ one: '# critique', other: '# critiques' }),
    error: counted({ one: '# erreur', many: '# d’erreurs', other: '# erreurs' }),
    warning: counted({ one: '# avertissement', many: '# d’avertissements', other: '# avertissements' }),
    info: counted({ one: '# info', many: '# d’infos', other: '# infos' }),
  },
  severity: { critical: 'Critique', error: 'Erreur', warning: 'Avertissement', info: 'Info' },
  list: (parts) => parts.join(', '),
  titled: (name, what) => `${name} : ${what}`,
  timesLast: (count, when, sameDay) => `${number(count)} fois, la dernière ${sameDay ? 'à' : 'le'} ${when}`,
  more: counted({ one: '+# autre', other: '+# autres' }),
  moreElsewhere: counted({ one: '+# autre dans d’autres groupes', other: '+# autres dans d’autres groupes' }),
  viewDigest: 'Voir tout le récapitulatif',
  open: 'Ouvrir',
  settings: 'Modifier ou arrêter',
  shortened: 'Abrégé : l’événement était trop long pour être montré en entier.',
  chartAlt: (events, period) => `Diagramme à barres : ${events}, ${period}`,
  alreadyShown: counted({ one: '# déjà affiché', other: '# déjà affichés' }),
  nothingNew: {
    title: (brand) => `${brand} : rien de nouveau`,
    text: 'Aucun événement depuis le dernier récapitulatif.',
  },
  plain: (events) => `Reçu : ${events}. La carte n’a pas pu les montrer ici.`,
  quiet: {
    title: (brand) => `${brand} : tout est calme`,
    since: (date) => `Aucun événement depuis : ${date}.`,
    paused: 'Ce canal est en pause.',
    why: 'Cette note maintient actif le flux du canal. Il n’y a rien à faire.',
  },
  disabled: {
    title: (brand) => `${brand} : un canal n’est plus joignable`,
    text: (channel) => `Les cartes n’arrivent plus dans « ${channel} ».`,
    what: 'Ce qui arrive est conservé. Son propriétaire peut lui donner un nouveau webhook ; d’ici là, de nouveaux essais ont lieu de temps en temps.',
    reason: 'Raison',
    since: 'Depuis',
  },
  welcome: {
    title: (brand) => `${brand} est connecté`,
    setUpBy: (person) => `Configuré par ${person}.`,
    setUp: 'Les événements seront désormais publiés ici.',
    what: 'Contenu',
    everything: 'Tout',
    schedule: 'Calendrier',
    first: 'Premier envoi',
    atOnce: 'Au fur et à mesure',
    howToChange: 'Tout propriétaire peut modifier ou arrêter cela.',
  },
  test: {
    title: (brand) => `${brand} : test`,
    text: 'Ceci est un test. Si vous pouvez le lire, les cartes arrivent ici.',
    sentAt: 'Envoyé',
  },
  answers: {
    someone: 'quelqu’un qui a le lien',
    done: ({ what, who, when, sameDay }) => `${what} : fait par ${who} ${sameDay ? 'à' : 'le'} ${when}`,
    follows: ({ what, who, when, sameDay }) => `Suite à « ${what} » de ${who} ${sameDay ? 'à' : 'le'} ${when}`,
    sent: (title, brand) => `"${title}" a été envoyé à ${brand}.`,
    already: 'C’est déjà fait.',
    anyone: 'Toute personne qui a ce lien peut agir. Son identité n’est pas enregistrée.',
    signedInAs: (name) => `Vous agissez en tant que ${name}.`,
    send: 'Envoyer',
    again: 'Rien ne se passe avant que vous n’appuyiez sur le bouton.',
  },
  page: {
    topic: 'Sujet',
    allTopics: 'Tous les sujets',
    atLeast: 'Au moins',
    search: 'Recherche',
    show: 'Afficher',
    next: 'Page suivante',
    searchOn: 'Poursuivre la recherche',
    noMatch: 'Aucun événement ne correspond.',
    gone: 'Rien n’est plus conservé de ce récapitulatif.',
  },
};
