/** Right ones, to make wrong ones from. */
import type { Schedule } from '../../../shared/schedules/schedule.ts';

/** An event with everything that one can have. */
export const EVENT = {
  specversion: '1.0',
  id: '8f2c',
  source: 'https://builds.example/acme',
  type: 'build.failed',
  time: '2026-11-21T09:00:00Z',
  subject: 'main',
  account: 'acme',
  scope: 'acme/api',
  severity: 'error',
  data: {
    title: 'Build 812 failed',
    text: '3 tests failed on *main*',
    url: 'https://builds.example/812',
    group: 'main',
    facts: [{ name: 'Duration', value: '4 min' }],
    image: 'https://builds.example/812.png',
    actions: [
      {
        id: 'rerun',
        title: 'Run again',
        inputs: [
          { id: 'why', type: 'text', title: 'Why', required: true, maxLength: 80 },
          { id: 'when', type: 'date', includeTime: true },
          { id: 'who', type: 'choice', multiSelect: true, choices: [{ display: 'A', value: 'a' }] },
        ],
      },
    ],
  },
} as const;

const DAILY: Schedule = { every: 'day', at: '09:00', days: ['mon'], timeZone: 'Europe/Berlin' };

/** A schedule of each kind. */
export const SCHEDULES: readonly [Schedule, ...Schedule[]] = [
  DAILY,
  { every: 'now' },
  { every: 'hour', minute: 10, timeZone: 'UTC' },
  { every: 'week', day: 'fri', at: '16:30', timeZone: 'Asia/Kolkata' },
  { every: 'month', day: 'last', at: '00:00', timeZone: 'America/New_York' },
];

/** A whole set of choices. */
export const CHOICES = {
  topics: ['build.failed'],
  scopes: ['acme/api'],
  minSeverity: 'info',
  urgentSeverity: 'critical',
  locale: 'en',
  schedule: DAILY,
  whenEmpty: 'skip',
  requireIdentity: false,
} as const;
