/** Ten digests as products send them and owners get them: what card pictures are drawn from. */
import type { DigestSummary } from '../../../shared/digests/digest-summary.ts';
import { createSummary } from '../../../shared/digests/summarise.ts';
import { briefOf } from '../../../shared/events/brief.ts';
import { type Event, eventSchema } from '../../../shared/events/event.ts';
import { SEVERITIES } from '../../../shared/subscriptions/severity.ts';

/** Saturday, 21 November 2026, 08:00 UTC: nine o'clock in Berlin. */
const NOW = Date.parse('2026-11-21T08:00:00Z');
const BUILDS = 'https://builds.example/acme';

type Parts = Partial<Omit<Event, 'data' | 'time'>> & { readonly minutesAgo?: number; readonly data: Event['data'] };

let made = 0;

function event({ minutesAgo = 0, ...parts }: Parts): Event {
  made += 1;
  const time = new Date(NOW - minutesAgo * 60_000).toISOString();
  return eventSchema.parse({
    specversion: '1.0',
    id: String(made),
    source: BUILDS,
    type: 'build.failed',
    account: 'acme',
    time,
    ...parts,
  });
}

/** A digest with what it is an example of. */
export interface TypicalDigest {
  readonly name: string;
  readonly summary: DigestSummary;
}

const failed = (n: number, minutesAgo: number): Event =>
  event({
    severity: 'error',
    scope: 'acme/api',
    minutesAgo,
    data: {
      title: `Build ${n} failed`,
      text: '3 tests failed: login, logout and the_long_way_home',
      url: `${BUILDS}/${n}`,
      group: 'main',
      facts: [
        { name: 'Duration', value: '4 min' },
        { name: 'Commit', value: 'a1b2c3d' },
      ],
    },
  });

const deployed = (n: number, minutesAgo: number, scope = 'acme/web'): Event =>
  event({
    type: 'deploy.done',
    scope,
    minutesAgo,
    data: { title: `Version 2.${n} is live`, url: `${BUILDS}/deploy/${n}` },
  });

const down = (minutesAgo: number): Event =>
  event({
    type: 'service.down',
    severity: 'critical',
    scope: 'acme/api',
    minutesAgo,
    data: {
      title: 'Payments do not answer',
      text: 'No answer from three of three regions. The last good check was at 08:41.',
      url: `${BUILDS}/incidents/17`,
      facts: [{ name: 'Since', value: '08:42' }],
      actions: [
        { id: 'ack', title: 'Acknowledge' },
        { id: 'note', title: 'Add a note', inputs: [{ id: 'note', type: 'text', title: 'Note', multiline: true }] },
      ],
    },
  });

const repeat = (times: number, make: (n: number) => Event): Event[] => Array.from({ length: times }, (_, n) => make(n));

const CONTENT: readonly (readonly [string, readonly Event[]])[] = [
  ['one event', [failed(812, 0)]],
  ['one event to answer', [down(3)]],
  ['a quiet morning', [deployed(4, 15), deployed(3, 200), failed(811, 320)]],
  [
    'the same failure again and again',
    repeat(14, (n) =>
      event({
        severity: 'error',
        scope: 'acme/api',
        minutesAgo: n * 22,
        data: {
          title: 'Nightly build failed',
          text: 'Disk full on runner 3',
          url: `${BUILDS}/nightly`,
          group: 'nightly',
        },
      }),
    ),
  ],
  [
    'one critical among many',
    [
      ...repeat(40, (n) => deployed(n, n * 30, n % 2 ? 'acme/web' : 'acme/api')),
      down(50),
      failed(810, 70),
      failed(809, 95),
    ],
  ],
  [
    'many groups',
    repeat(120, (n) =>
      event({
        severity: SEVERITIES[n % 3] ?? 'info',
        scope: 'acme/api',
        minutesAgo: n * 11,
        data: { title: `Check ${n % 50} needs a look`, group: `team ${n % 26}`, url: `${BUILDS}/checks/${n}` },
      }),
    ),
  ],
  [
    'text that tries things',
    [
      event({
        severity: 'warning',
        data: {
          title: '[Free phones](https://evil.example) **now** @everyone',
          text: '![x](https://evil.example/p.png) <b>bold</b> # heading https://evil.example/login',
        },
      }),
      event({
        severity: 'warning',
        minutesAgo: 5,
        data: {
          title: 'File \u202Egpj.exe arrived in C:\\temp_dir',
          text: '| a | b | `code` ~~gone~~ {{DATE(2020-01-01T00:00:00Z,LONG)}}',
        },
      }),
      event({ minutesAgo: 6, data: { title: 'קובץ חדש הועלה', text: 'ملف جديد 12:30' } }),
    ],
  ],
  [
    'long texts',
    repeat(4, (n) =>
      event({
        severity: SEVERITIES[n] ?? 'info',
        scope: 'acme/web',
        minutesAgo: n,
        data: {
          title: `${n + 1}: the migration of the customers’ addresses to the new format stopped before its end because a postcode had seven digits`,
          text: '移行は停止しました。'.repeat(30),
          url: `${BUILDS}/m/${n}`,
        },
      }),
    ),
  ],
  [
    'a thousand events',
    repeat(1_000, (n) =>
      event({
        type: ['build.failed', 'deploy.done', 'review.asked'][n % 3] ?? '',
        severity: n === 500 ? 'critical' : SEVERITIES[n % 40 === 0 ? 2 : n % 7 === 0 ? 1 : 0],
        scope: `acme/${['api', 'web', 'app'][n % 3]}`,
        minutesAgo: (n * 1.4 * (1 + Math.sin(n / 90) / 2)) | 0,
        data: {
          title: `${['Build', 'Version', 'Review'][n % 3]} ${n % 60}`,
          url: `${BUILDS}/${n}`,
          group: ['main', 'release', 'main'][n % 3],
        },
      }),
    ),
  ],
  ['nothing at all', []],
];

/** The digests. */
export const TYPICAL_DIGESTS: readonly TypicalDigest[] = CONTENT.map(([name, events]) => {
  const summary = createSummary({ digestId: name, frozenAt: NOW });
  for (const each of events) summary.add(briefOf(each), NOW);
  return { name, summary: summary.finish() };
});

/** The product's names for its topics. */
export const TOPIC_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'build.failed': {
    en: 'Build failed',
    de: 'Build fehlgeschlagen',
    fr: 'Build en échec',
    es: 'Compilación fallida',
    ja: 'ビルド失敗',
  },
  'deploy.done': { en: 'Deployed', de: 'Ausgerollt', fr: 'Déployé', es: 'Desplegado', ja: 'デプロイ完了' },
  'service.down': {
    en: 'Service down',
    de: 'Dienst gestört',
    fr: 'Service en panne',
    es: 'Servicio caído',
    ja: 'サービス停止',
  },
  'review.asked': {
    en: 'Review asked',
    de: 'Review erbeten',
    fr: 'Relecture demandée',
    es: 'Revisión pedida',
    ja: 'レビュー依頼',
  },
};
