/** Cards in Spanish. */
import { counting, type Messages } from './messages.ts';

const { number, counted } = counting('es');
const times = counted({ one: '# vez', many: '# de veces', other: '# veces' });

/** Every sentence in Spanish. */
export const es: Messages = {
  number,
  events: counted({ one: '# evento', many: '# de eventos', other: '# eventos' }),
  counted: {
    critical: counted({ one: '# crítico', many: '# de críticos', other: '# críticos' }),
    error: counted({ one: '# error', many: '# de errores', other: '# errores' }),
    warning: counted({ one: '# aviso', many: '# de avisos', other: '# avisos' }),
    info: counted({ one: '# informativo', many: '# de informativos', other: '# informativos' }),
  },
  severity: { critical: 'Crítico', error: 'Error', warning: 'Aviso', info: 'Informativo' },
  list: (parts) => parts.join(', '),
  titled: (name, what) => `${name}: ${what}`,
  timesLast: (count, when, sameDay) => `${times(count)}, la última ${sameDay ? 'a las' : 'el'} ${when}`,
  more: counted({ other: '+# más' }),
  moreElsewhere: counted({ other: '+# más en otros grupos' }),
  viewDigest: 'Ver el resumen completo',
  open: 'Abrir',
  settings: 'Cambiar o detener',
  shortened: 'Abreviado: el evento era demasiado grande para mostrarlo entero.',
  chartAlt: (events, period) => `Gráfico de barras: ${events}, ${period}`,
  alreadyShown: counted({ one: '# ya mostrado', other: '# ya mostrados' }),
  nothingNew: { title: (brand) => `${brand}: sin novedades`, text: 'Ningún evento desde el último resumen.' },
  plain: (events) => `Recibido: ${events}. La tarjeta no pudo mostrarlos aquí.`,
  quiet: {
    title: (brand) => `${brand}: todo en calma`,
    since: (date) => `Ningún evento desde el ${date}.`,
    paused: 'Este canal está en pausa.',
    why: 'Esta nota mantiene activo el flujo del canal. No hay nada que hacer.',
  },
  disabled: {
    title: (brand) => `${brand}: ya no se llega a un canal`,
    text: (channel) => `Las tarjetas ya no llegan a «${channel}».`,
    what: 'Lo que llega se guarda. Quien lo configuró puede darle un webhook nuevo; mientras tanto se vuelve a intentar de vez en cuando.',
    reason: 'Motivo',
    since: 'Desde',
  },
  welcome: {
    title: (brand) => `${brand} está conectado`,
    setUpBy: (person) => `Configurado por ${person}.`,
    setUp: 'A partir de ahora los eventos se publicarán aquí.',
    what: 'Qué llega',
    everything: 'Todo',
    schedule: 'Horario',
    first: 'Primer envío',
    atOnce: 'En cuanto ocurre',
    howToChange: 'Cualquier propietario puede cambiarlo o detenerlo.',
  },
  test: {
    title: (brand) => `${brand}: prueba`,
    text: 'Esto es una prueba. Si puede leerla, las tarjetas llegan aquí.',
    sentAt: 'Enviado',
  },
  answers: {
    someone: 'alguien con el enlace',
    done: ({ what, who, when, sameDay }) => `${what}: hecho por ${who} ${sameDay ? 'a las' : 'el'} ${when}`,
    follows: ({ what, who, when, sameDay }) => `Tras «${what}» de ${who} ${sameDay ? 'a las' : 'el'} ${when}`,
    sent: (title, brand) => `"${title}" se envió a ${brand}.`,
    already: 'Esto ya se hizo.',
    anyone: 'Cualquiera que tenga este enlace puede actuar. No se registra quién fue.',
    signedInAs: (name) => `Actúa como ${name}.`,
    send: 'Enviar',
    again: 'No ocurre nada hasta que pulse el botón.',
  },
  page: {
    topic: 'Tema',
    allTopics: 'Todos los temas',
    atLeast: 'Al menos',
    search: 'Buscar',
    show: 'Mostrar',
    next: 'Página siguiente',
    searchOn: 'Seguir buscando',
    noMatch: 'Ningún evento coincide.',
    gone: 'Ya no se conserva nada de este resumen.',
  },
};
