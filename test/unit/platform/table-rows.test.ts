import { encodeKey, writeConfirmed } from '../../../shared/platform/table-rows.ts';

describe('a key made of foreign text', () => {
  it.each(['acme', 'Acme-1_2.3'])('is %s itself', (text) => {
    expect(encodeKey(text)).toBe(text);
  });

  it.each(['a/b', 'a\\b', 'a#b', 'a?b', 'a=b', 'a b', 'ä', '😀', '\u0000', "it's", 'a%2Fb'])(
    'of %j holds nothing that Azure refuses',
    (text) => {
      expect(encodeKey(text)).toMatch(/^[A-Za-z0-9._=-]+$/);
    },
  );

  it('tells apart what looks alike once encoded', () => {
    const texts = ['a/b', 'a=2Fb', 'a%2Fb', 'A/b', 'a/b ', '=h', '=68'];

    expect(new Set(texts.map(encodeKey)).size).toBe(texts.length);
  });

  it('of a long text is short, and still its own', () => {
    const [one, other] = ['ä'.repeat(200), `${'ä'.repeat(199)}ö`].map(encodeKey);

    expect(one?.length).toBeLessThanOrEqual(256);
    expect(one).not.toBe(other);
  });
});

describe('a conditional write', () => {
  const refused = (statusCode: number) => Object.assign(new Error('refused'), { statusCode });

  it.each([409, 412])('that meets itself as a %d was done', async (status) => {
    const written = await writeConfirmed(
      'mine',
      () => Promise.reject(refused(status)),
      async () => ({ nonce: 'mine', etag: 'e' }),
    );

    expect(written).toEqual({ done: true, etag: 'e' });
  });

  it('that meets another was not, and tells what stands there', async () => {
    const row = { nonce: 'theirs', etag: 'e' };

    expect(
      await writeConfirmed(
        'mine',
        () => Promise.reject(refused(412)),
        async () => row,
      ),
    ).toEqual({ done: false, row });
  });

  it('that fails otherwise fails', async () => {
    await expect(
      writeConfirmed(
        'mine',
        () => Promise.reject(refused(500)),
        async () => undefined,
      ),
    ).rejects.toThrow('refused');
  });
});
