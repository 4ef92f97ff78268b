import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { escapeMarkdown, toLinkAddress, toPictureAddress } from '../../../shared/cards/markdown.ts';
import { cutText, toOneLine, toShownTitle } from '../../../shared/cards/plain-text.ts';
import { hostileText, RUNS } from './hostile-text.ts';

/** Reads Markdown as the most eager client would: HTML, bare addresses and single line breaks count. */
const eager = new MarkdownIt({ html: true, linkify: true, breaks: true });
const LIMIT = { graphemes: 200, bytes: 800 };

describe('text on one line', () => {
  it.each([
    ['line breaks of every kind', 'a\nb\r\nc\u2028d\u0085e', 'a b c d e'],
    ['control characters', 'a\u0000b\u001b[31mc', 'ab[31mc'],
    ['bidirectional controls', 'abc\u202etxt.exe\u2069', 'abctxt.exe'],
    ['characters that show nothing', 'pass\u200bword\u{e0041}\u00ad\u2060', 'password'],
    ['lone surrogates and non-characters', 'a\ud800b\ufffe', 'ab'],
    ['marks piled on a letter', `Z${'\u0301'.repeat(40)}`, `Z${'\u0301'.repeat(6)}`],
  ])('has no %s', (_, text, expected) => {
    expect(toOneLine(text, LIMIT)).toBe(expected);
  });

  it.each(['👩‍👩‍👧‍👦', '🏳️‍🌈', '👍🏽', 'کتاب‌ها', '한국어', 'ＡＢＣ'])('leaves %j as it is', (text) => {
    expect(toOneLine(text, LIMIT)).toContain(text);
  });

  it.each([
    ['https://evil.example/x', 'https:/\u200b/evil.\u200bexample/x'],
    ['//evil.example', '/\u200b/evil.example'],
    ['www.evil.example', 'www.\u200bevil.example'],
    ['evil.com', 'evil.\u200bcom'],
    ['mailto:x', 'mailto:\u200bx'],
    ['@everyone', '@\u200beveryone'],
    ['a@evil.example', 'a\u200b@\u200bevil.example'],
    ['{{DATE(2020)}}', '{\u200b{DATE(2020)}}'],
    ['[a](b)', '[a]\u200b(b)'],
    ['<at>all', '<\u200bat>all'],
  ])('breaks %j, which a host would act on', (text, expected) => {
    expect(toOneLine(text, LIMIT)).toBe(expected);
  });

  it.each(['README.md', 'v1.2.3', '12:30', 'a@ b', 'array[0] (old)', '// why', 'x < y', 'C:\\temp'])(
    'leaves %j to be copied',
    (text) => {
      expect(toOneLine(text, LIMIT)).toBe(text);
    },
  );

  it('isolates text written from right to left', () => {
    expect(toOneLine('שלום', LIMIT)).toBe('\u2068שלום\u2069');
  });

  it.each(['', '   ', '\u200b\u200d', '\u3164', '\u202e'])(
    'shows a dash for %j, in which nothing is visible',
    (text) => {
      expect(toOneLine(text, LIMIT)).toBe('—');
    },
  );
});

describe('cutting', () => {
  it.each([
    ['as long as the limit', 'abcde', 'abcde'],
    ['one longer', 'abcdef', 'abcd…'],
    ['with families', '👩‍👩‍👧‍👦'.repeat(6), `${'👩‍👩‍👧‍👦'.repeat(4)}…`],
    ['with accents apart', 'e\u0301'.repeat(6), `${'e\u0301'.repeat(4)}…`],
  ])('ends a text %s at a grapheme', (_, text, expected) => {
    expect(cutText(text, { graphemes: 5, bytes: 1_000 })).toBe(expected);
  });

  it('never exceeds its graphemes, nor its bytes by more than the ellipsis', () => {
    const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
    fc.assert(
      fc.property(hostileText, (text) => {
        const cut = cutText(text, { graphemes: 20, bytes: 60 });

        expect([...segmenter.segment(cut)].length).toBeLessThanOrEqual(20);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(63);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('escaped Markdown', () => {
  it('reads as exactly the text, in one paragraph of nothing but text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = toShownTitle(text);

        const tokens = eager.parse(escapeMarkdown(shown), {});

        const inline = tokens[1]?.children ?? [];
        expect(tokens.map(({ type }) => type)).toEqual(['paragraph_open', 'inline', 'paragraph_close']);
        expect(inline.map(({ type }) => type).filter((type) => type !== 'text')).toEqual([]);
        expect(inline.map(({ content }) => content).join('')).toBe(shown);
      }),
      { numRuns: RUNS },
    );
  });

  it('still does when it stands in bold, in a link, before and after other text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = toShownTitle(text);

        const [inline] = eager.parseInline(`❌ **[${escapeMarkdown(shown)}](https://ok.example/)** · after`, {});

        const types = (inline?.children ?? []).map(({ type }) => type).filter((type) => type !== 'text');
        const said = (inline?.children ?? []).map(({ content }) => content).join('');
        expect(types).toEqual(['strong_open', 'link_open', 'link_close', 'strong_close']);
        expect(said).toBe(`❌ ${shown} · after`);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('plain text', () => {
  it('makes no link, picture or tag even where a host reads a plain place as Markdown', () => {
    const host = new MarkdownIt({ html: true, linkify: true });
    host.linkify.set({ fuzzyLink: false }); // README.md is also a host name in Moldova: names of files stay as they are
    fc.assert(
      fc.property(hostileText, (text) => {
        const [inline] = host.parseInline(toOneLine(text, LIMIT), {});

        const acting = (inline?.children ?? []).filter(({ type }) => /link|image|html/.test(type));
        expect(acting).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('an address for a link', () => {
  it.each([
    ['https://builds.example/812', 'https://builds.example/812'],
    ['http://builds.example/', 'http://builds.example/'],
    ['https://x.example/a(b)[c]*<d>?q="e"', 'https://x.example/a%28b%29%5Bc%5D%2A%3Cd%3E?q=%22e%22'],
    ['https://x.example/a b', 'https://x.example/a%20b'],
  ])('is %j as %j', (text, expected) => {
    expect(toLinkAddress(text)).toBe(expected);
  });

  it.each([
    undefined,
    'javascript:alert(1)',
    'data:text/html,x',
    'mailto:a@b.example',
    '/relative',
    'https://user@evil.example/',
    'https://good.example:pw@evil.example/',
    'http://[::1]/',
    `https://x.example/${'a'.repeat(1_000)}`,
  ])('is none for %j', (text) => {
    expect(toLinkAddress(text)).toBeUndefined();
  });

  it('is https for a picture', () => {
    expect(toPictureAddress('http://x.example/a.png')).toBeUndefined();
    expect(toPictureAddress('https://x.example/a.png')).toBe('https://x.example/a.png');
  });
});
