/** The Markdown that hosts draw in cards, each row titled with the fact it quotes. Sources: the stand-in's README. */
import { inlineToHtml, markdownToHtml } from '../../../infra/local/microsoft365/pages/message-card/markdown.ts';

const link = (href: string, text: string) => `<a href="${href}" target="_blank" rel="noreferrer noopener">${text}</a>`;

it.each([
  ['`*i*`', '*a*', '<p><i>a</i></p>'],
  ['`**b**`', '**a**', '<p><b>a</b></p>'],
  ['`***bi***`', '***a***', '<p><b><i>a</i></b></p>'],
  ['`~~s~~`', '~~a~~', '<p><s>a</s></p>'],
  ['links', '[a](https://b.example)', `<p>${link('https://b.example', 'a')}</p>`],
  ['`#`–`######`', '###### a', '<h6>a</h6>'],
  ['`*`/`-` lists', '- a\r* b', '<ul><li>a</li><li>b</li></ul>'],
  ['"HTML is shown as plain text"', '<b>a</b>', '<p>&lt;b&gt;a&lt;/b&gt;</p>'],
  ['no ordered lists', '1. a', '<p>1. a</p>'],
  ['no code', '`a`', '<p>`a`</p>'],
  ['no block quotes', '>a', '<p>&gt;a</p>'],
])('in Outlook: %s', (_fact, text, html) => {
  expect(markdownToHtml(text, 'outlook')).toBe(html);
});

it.each([
  ['"adds ordered lists"', '1. a\r2. b', '<ol><li>a</li><li>b</li></ol>'],
  ['"inline code"', '`a_b_c`', '<p><code>a_b_c</code></p>'],
  ['"block quote"', '>a', '<blockquote>a</blockquote>'],
  ['"images"', '![a](https://b.example/c.png)', '<p><img src="https://b.example/c.png" alt="a"></p>'],
  ['"headings levels 1–3"', '### a', '<h3>a</h3>'],
  ['and no fourth', '#### a', '<p>#### a</p>'],
  ['"newline renders only for `\\n\\n`"', 'a\n\nb', '<p>a</p><p>b</p>'],
  ['"not `\\n` or `\\r`"', 'a\nb\rc', '<p>a b c</p>'],
])('in Teams: %s', (_fact, text, html) => {
  expect(markdownToHtml(text, 'teams')).toBe(html);
});

it.each([...'\\`*_{}[]()#+-.!|~<>'])('shows an escaped %s as it stands', (char) => {
  const shown = inlineToHtml(`a\\${char}b\\${char}c`, 'teams');

  expect(shown.replaceAll('&lt;', '<').replaceAll('&gt;', '>')).toBe(`a${char}b${char}c`);
});

it.each([
  ['a script’s address is no link', '[a](javascript:alert(1))', '[a](javascript:alert(1))'],
  [
    'an attribute cannot be broken out of',
    '[a](https://b.example/"onclick=x)',
    link('https://b.example/&quot;onclick=x', 'a'),
  ],
  ['emphasis does not reach into an address', '[a](https://b.example/_c_*d*)', link('https://b.example/_c_*d*', 'a')],
  [
    'markup in a link’s text is text',
    '[<img src=x>](https://b.example)',
    link('https://b.example', '&lt;img src=x&gt;'),
  ],
  ['words keep their underscores', 'my_first_job', 'my_first_job'],
  ['arithmetic is no emphasis', '2 * 3 * 4', '2 * 3 * 4'],
])('%s', (_fact, text, html) => {
  expect(inlineToHtml(text, 'outlook')).toBe(html);
});
