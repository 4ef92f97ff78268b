/** host.json, and the settings that go over it: what the protocol counts on, with its reason. */
import { type Finding, ill, well } from './finding.ts';
import { APP, type Given, type Place } from './place.ts';

/** What a path in host.json must hold, and why. */
interface Expected {
  readonly path: string;
  readonly value: string | number;
  readonly why: string;
}

const QUEUES = 'extensions.queues';
const EXPECTED: readonly Expected[] = [
  { path: 'version', value: '2.0', why: 'the host reads no other' },
  { path: 'functionTimeout', value: '00:05:00', why: 'the protocol counts on an invocation ending by then' },
  {
    path: 'extensionBundle.id',
    value: 'Microsoft.Azure.Functions.ExtensionBundle',
    why: 'without it the host knows no queue triggers',
  },
  { path: 'extensionBundle.version', value: '[4.*, 5.0.0)', why: 'storage by identity needs version 4' },
  { path: 'extensions.http.routePrefix', value: '', why: 'every address of the app is without a prefix' },
  { path: `${QUEUES}.messageEncoding`, value: 'none', why: 'messages are plain JSON; base64 the app decodes itself' },
  { path: `${QUEUES}.batchSize`, value: 32, why: 'fewer cost more calls, and events are written in groups' },
  {
    path: `${QUEUES}.newBatchThreshold`,
    value: 16,
    why: 'so that the next messages are there before the last are done',
  },
  { path: `${QUEUES}.maxPollingInterval`, value: '00:00:01', why: 'an idle app would wait a minute for a message' },
  { path: `${QUEUES}.maxDequeueCount`, value: 5, why: 'then a message is poison, and comes back for 24 hours' },
  {
    path: `${QUEUES}.visibilityTimeout`,
    value: '00:00:30',
    why: 'a message that failed is not tried five times in a second',
  },
];

/** The host lets settings go over the file: https://learn.microsoft.com/azure/azure-functions/functions-host-json#override-hostjson-values */
const OVER = 'AzureFunctionsJobHost__';

/** Compares. `text`: of host.json. */
export function checkHostSettings(text: string, given: Given, place: Place): Finding[] {
  const json = parsed(text);
  const found = EXPECTED.flatMap((expected) => {
    const over = overriding(given, expected.path);
    if (over !== undefined && given[over] !== String(expected.value)) return [overridden(expected, over, place)];
    const value = at(json, expected.path);
    return over !== undefined || value === expected.value ? [] : [differs(expected, value)];
  });
  return found.length > 0 ? found : [well('host settings', 'host.json is as the app counts on')];
}

function differs({ path, value, why }: Expected, is: unknown): Finding {
  const said = is === undefined ? 'is missing' : `is ${JSON.stringify(is)}`;
  return ill('host settings', `host.json: ${path} ${said}; ${why}`, {
    why: `Set it to ${JSON.stringify(value)}, or take the release's file; then deploy (azd deploy) or start anew:`,
    run: ['git checkout HEAD -- host.json'],
  });
}

function overridden({ path, value, why }: Expected, name: string, { source }: Place): Finding {
  return ill('host settings', `${name} puts another value over host.json's ${path}, ${JSON.stringify(value)}; ${why}`, {
    why: 'Take the setting away:',
    run: [
      source === 'environment'
        ? `unset ${name}`
        : `az functionapp config appsettings delete ${APP} --setting-names ${name}`,
    ],
  });
}

/** The setting that goes over a path; names of settings are read without regard to case. */
function overriding(given: Given, path: string): string | undefined {
  const wanted = `${OVER}${path.replaceAll('.', '__')}`.toLowerCase();
  return Object.keys(given).find((name) => name.toLowerCase() === wanted);
}

function at(json: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
      json,
    );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
