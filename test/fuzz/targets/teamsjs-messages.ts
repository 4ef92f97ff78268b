/** Messages between a frame and Teams: what the stand-in reads, and what the page hears through the real library. */
import fc from 'fast-check';
import { readCall } from '../../../infra/local/microsoft365/pages/host/read-call.ts';
import { json, nearly, nearlyText } from '../inputs.ts';
import { must, type Target } from '../target.ts';

const ORIGIN = 'https://teams.microsoft.com';
const CONTEXT = {
  ...{ locale: 'en-us', theme: 'dark', frameContext: 'settings', hostClientType: 'web', channelName: 'Builds' },
  ...{ userObjectId: '11111111-1111-4111-8111-111111111111', tid: '22222222-2222-4222-8222-222222222222' },
};
const ANSWERS = [
  { id: 0, args: ['settings', 'web', '{"apiVersion":4,"supports":{"pages":{"config":{}}}}', '2.0.0'] },
  { id: 1, args: [CONTEXT] },
  { id: 2, args: [true, 'a.b.c'] },
  {
    id: 3,
    args: [
      { entityId: 'x', contentUrl: 'https://t.example/config', webhookUrl: 'https://outlook.office.com/webhook/x' },
    ],
  },
] as const;
const CALLS = [
  { func: 'themeChange', args: ['dark'] },
  { func: 'settings.save', args: [{ webhookUrl: 'https://outlook.office.com/webhook/x' }] },
  { func: 'settings.remove', args: [] },
  { func: 'navigateBack', args: [] },
  { func: 'backButtonClick', args: [] },
] as const;

type Listener = (event: object) => unknown;
let page: Promise<Page> | undefined;

interface Page {
  hear(data: unknown, origin: string): Promise<void>;
  readonly heard: string[];
}

/** The target. */
export const teamsjsMessages: Target = {
  name: 'teamsjs-messages',
  inputs: fc.record({
    to: fc.constantFrom('page', 'stand-in'),
    origin: fc.oneof({ weight: 4, arbitrary: fc.constant(ORIGIN) }, { weight: 1, arbitrary: nearlyText(ORIGIN) }),
    message: fc.oneof(nearly(...ANSWERS, ...CALLS), json),
  }),
  async run(input) {
    const { to, origin, message } = input as { to: string; origin: string; message: unknown };
    if (to === 'stand-in') {
      const call = readCall(message);
      return call === undefined
        ? 'stand-in: no call'
        : `stand-in: a call with ${Math.min(call.args.length, 2)} arguments`;
    }
    page ??= openPage();
    const { hear, heard } = await page;
    heard.length = 0;
    await hear(message, origin);
    must(origin === ORIGIN || isMicrosofts(origin) || heard.length === 0, 'heard somebody who is not Teams');
    return `page: ${heard.join(', ') || 'nothing'}`;
  },
};

function isMicrosofts(origin: string): boolean {
  return /^https:\/\/([\w-]+\.)*(microsoft|office|office365|cloud\.microsoft|skype|live|sharepoint)[\w.-]*$/i.test(
    origin,
  );
}

/** The page's own host, with the real library in a window that is not there. */
async function openPage(): Promise<Page> {
  const listeners: Listener[] = [];
  const heard: string[] = [];
  const parent = { postMessage: (call: { id: number; uuid: unknown; func: string }) => void asked(call) };
  const around = {
    ...{
      parent,
      addEventListener: (_: string, listener: Listener) => listeners.push(listener),
      removeEventListener() {},
    },
    ...{ location: new URL('https://t.example/config'), navigator: { userAgent: 'test' }, setTimeout, clearTimeout },
  };
  Object.assign(globalThis, {
    window: { ...around, self: {} },
    location: around.location,
    document: { addEventListener() {}, getElementsByTagName: () => [], referrer: '' },
  });
  globalThis.fetch = () => Promise.reject(new Error('there is no network here'));

  async function asked({ id, uuid, func }: { id: number; uuid: unknown; func: string }): Promise<void> {
    const answer = { initialize: ANSWERS[0].args, getContext: ANSWERS[1].args }[func];
    if (answer !== undefined) await deliver({ id, uuid, args: answer }, ORIGIN);
  }
  async function deliver(data: unknown, origin: string): Promise<void> {
    for (const listen of [...listeners]) await listen({ data, origin, source: parent });
    for (let turns = 0; turns < 4; turns++) await Promise.resolve();
  }

  const { loadHost } = (await import('../../../static/config/host.ts' as string)) as {
    loadHost(origins: readonly string[]): Promise<Host>;
  };
  const host = await loadHost([ORIGIN]);
  host.onTheme((theme) => heard.push(`theme ${theme}`));
  host.onSave(async (webhookUrl) => void heard.push(`save ${typeof webhookUrl}`));
  host.onRemove(async () => void heard.push('remove'));
  return { hear: deliver, heard };
}

interface Host {
  onTheme(changed: (theme: string) => void): void;
  onSave(save: (webhookUrl: unknown) => Promise<void>): void;
  onRemove(remove: () => Promise<void>): void;
}
