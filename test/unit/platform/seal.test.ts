/** Sealed texts: what opens them, and everything that must not. */
import { createSeal } from '../../../shared/platform/seal.ts';
import { createWebhookSeal } from '../../../shared/subscriptions/webhook-seal.ts';
import { aKey, aKeyRing } from '../identity/fixtures.ts';

const OLD = aKey('old', 1);
const NEW = aKey('new', 2);
const TEXT = 'https://outlook.office.com/webhook/canary?sig=é€😀';

it('opens what it sealed', () => {
  const seal = createSeal(aKeyRing(OLD));

  const sealed = seal.seal('sub_1', TEXT);

  expect(sealed).toMatch(/^v1\.old\.[\w-]{16}\.[\w-]+$/);
  expect(sealed).not.toContain('canary');
  expect(seal.open('sub_1', sealed)).toBe(TEXT);
});

it('seals with the newest key and opens with an earlier one', () => {
  const before = createSeal(aKeyRing(OLD)).seal('sub_1', TEXT);
  const rotated = createSeal(aKeyRing(OLD, NEW));

  const after = rotated.seal('sub_1', TEXT);

  expect(after).toMatch(/^v1\.new\./);
  expect(rotated.open('sub_1', before)).toBe(TEXT);
});

it('never seals the same text to the same result', () => {
  const seal = createSeal(aKeyRing(OLD));

  const sealed = new Set(Array.from({ length: 100 }, () => seal.seal('sub_1', TEXT)));

  expect(sealed.size).toBe(100);
});

it.each<[string, (sealed: string) => string]>([
  ['empty', () => ''],
  ['in clear', () => TEXT],
  ['of another format', (sealed) => sealed.replace('v1', 'v2')],
  ['of a key no longer in force', (sealed) => sealed.replace('.old.', '.gone.')],
  ['of another key', (sealed) => sealed.replace('.old.', '.new.')],
  ['with another start', (sealed) => sealed.replace(/\.[\w-]{16}\./, `.${'A'.repeat(16)}.`)],
  ['with its last character changed', (sealed) => flip(sealed, sealed.length - 3)],
  ['with a character in the middle changed', (sealed) => flip(sealed, sealed.length - 40)],
  ['cut short', (sealed) => sealed.slice(0, -8)],
  ['with nothing but a tag missing', (sealed) => sealed.split('.').slice(0, 3).join('.')],
  ['with something added', (sealed) => `${sealed}.x`],
])('does not open a text %s', (_what, change) => {
  const seal = createSeal(aKeyRing(NEW, OLD));

  const opened = seal.open('sub_1', change(seal.seal('sub_1', TEXT)));

  expect(opened).toBeUndefined();
});

it('does not open a webhook’s copy in another subscription’s row', () => {
  const seal = createWebhookSeal(createSeal(aKeyRing(OLD)));

  const sealed = seal.seal('sub_1', TEXT);

  expect(seal.open('sub_2', sealed)).toBeUndefined();
  expect(seal.open('sub_1', sealed)).toBe(TEXT);
});

function flip(text: string, at: number): string {
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
}
