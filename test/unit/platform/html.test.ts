/** HTML made from values: nothing in a value becomes markup. */
import { html } from '../../../shared/platform/html.ts';
import { pageAnswer } from '../../../shared/platform/page.ts';

it.each([
  ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['" onload="x', '&quot; onload=&quot;x'],
  ["' onload='x", '&#39; onload=&#39;x'],
  ['a & b &amp; c', 'a &amp; b &amp;amp; c'],
])('escapes %s', (value, escaped) => {
  const { markup } = html`<p title="${value}">${value}</p>`;

  expect(markup).toBe(`<p title="${escaped}">${escaped}</p>`);
});

it('keeps its own pieces and lists of them as they are', () => {
  const items = ['a', '<b>'].map((each) => html`<li>${each}</li>`);

  const { markup } = html`<ol start="${3}">${items}</ol>`;

  expect(markup).toBe('<ol start="3"><li>a</li><li>&lt;b&gt;</li></ol>');
});

it('allows a page no script, no frame, and no style or picture but ours', () => {
  const brand = { name: 'Forge & Co', logo: '/static/brand/logo.png' };

  const answer = pageAnswer({ brand, title: '<x>', body: html`<p>${'hello'}</p>` });

  expect(answer.body).toContain('<title>&lt;x&gt;</title>');
  expect(answer.body).toContain(
    '<img src="/static/brand/logo.png" alt="" width="32" height="32"><span>Forge &amp; Co</span>',
  );
  expect(answer.headers).toMatchObject({
    'content-security-policy': expect.stringMatching(
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
    ),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
});
