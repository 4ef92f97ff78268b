/** The style of pages made on the server: light, dark, strong contrast and paper. One constant, so that a policy can name it by its hash. */
import { createHash } from 'node:crypto';

/** The style sheet. Colours keep 4.5:1 for text in each theme; severity is said in words and shapes too. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ground: #fff; --ink: #242424; --quiet: #5c5c5c; --line: #d1d1d1; --link: #0f548c; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #1f1f1f; --ink: #fff; --quiet: #b8b8b8; --line: #4d4d4d; --link: #8ec7ff; }
}
@media (prefers-contrast: more) {
  :root { --ground: #fff; --ink: #000; --quiet: #000; --line: #000; --link: #00009f; }
}
@media (prefers-contrast: more) and (prefers-color-scheme: dark) {
  :root { --ground: #000; --ink: #fff; --quiet: #fff; --line: #fff; --link: #ff0; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 "Segoe UI", system-ui, sans-serif; }
header { display: flex; gap: .5rem; align-items: center; max-width: 52rem; margin: 0 auto; padding: 1rem 1rem 0; font-weight: 600; }
header img { border-radius: 4px; }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
p { margin: .25rem 0; overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.quiet { color: var(--quiet); }
.chart { display: block; width: 100%; height: auto; margin: 1rem 0; }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin: 1rem 0; }
label { display: grid; gap: .25rem; font-size: .875rem; }
input, select, textarea, button { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--quiet); border-radius: 4px; padding: .375rem .625rem; min-height: 2.5rem; max-width: 100%; }
ol { list-style: none; margin: 0; padding: 0; }
li { border-top: 1px solid var(--line); padding: .75rem 0; break-inside: avoid; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .75rem; margin: .25rem 0 0; font-size: .875rem; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
@media print {
  :root { --ground: #fff; --ink: #000; --quiet: #333; --line: #999; --link: #000; }
  header { display: flex; gap: .5rem; align-items: center; max-width: 52rem; margin: 0 auto; padding: 1rem 1rem 0; font-weight: 600; }
header img { border-radius: 4px; }
main { max-width: none; padding: 0; }
  form, nav { display: none; }
  h2 a::after { content: " <" attr(href) ">"; font-weight: normal; font-size: .75rem; }
}
`;

/** Names the style sheet in a Content-Security-Policy. */
export const PAGE_STYLE_HASH = `'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`;
