import { createIdentitySet } from '../../../shared/digests/identity-set.ts';
import { identityOf } from '../../../shared/events/event-identity.ts';

const identity = (n: number) => identityOf({ source: 'https://builds.example', id: String(n) });

describe('the set of identities', () => {
  it('finds each of many, and none that was not added', () => {
    const set = createIdentitySet();

    for (let n = 0; n < 50_000; n++) set.add(identity(n), 0, n % 7);

    expect(set.size).toBe(50_000);
    expect([0, 1, 16_383, 16_384, 49_999].map((n) => set.stampOf(identity(n), 0))).toEqual([
      0,
      1,
      16_383 % 7,
      16_384 % 7,
      49_999 % 7,
    ]);
    expect(set.stampOf(identity(50_000), 0)).toBeUndefined();
  });

  it('keeps the latest stamp of an identity added twice', () => {
    const set = createIdentitySet();

    const added = [set.add(identity(1), 0, 20), set.add(identity(1), 0, 10), set.add(identity(1), 0, 30)];

    expect(added).toEqual([true, false, false]);
    expect(set.stampOf(identity(1), 0)).toBe(30);
  });

  it('gives back the bytes it was given, in order', () => {
    const set = createIdentitySet();
    const all = Buffer.concat([identity(1), identity(2), identity(3)]);

    for (const offset of [0, 16, 32]) set.add(all, offset, 0);

    expect(Buffer.from(set.bytesOf(0, 3)).equals(all)).toBe(true);
    expect(Buffer.from(set.bytesOf(1, 2)).equals(identity(2))).toBe(true);
  });

  it('does not take two identities for one that share their first word', () => {
    const set = createIdentitySet();
    const one = Buffer.from('aaaaaaaa000000000000000000000001', 'hex');
    const other = Buffer.from('aaaaaaaa000000000000000000000002', 'hex');

    set.add(one, 0, 1);

    expect(set.stampOf(other, 0)).toBeUndefined();
    expect(set.add(other, 0, 2)).toBe(true);
  });
});

describe('an identity', () => {
  it('tells apart what a careless joining of source and id would not', () => {
    const one = identityOf({ source: 'a', id: 'bc' });
    const other = identityOf({ source: 'ab', id: 'c' });

    expect(one.equals(other)).toBe(false);
  });
});
