/** The help as the build makes it of docs/for-owners.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { helpPages } from '../../../infra/build-help.ts';

const TEXT = `# Help

Begin here.

## Set it up in Teams

1. Open *Workflows*.

![The form](pictures/owners/form.png)

## When nothing arrives

<script>alert(1)</script>
`;
const pages = helpPages(TEXT);

it('is one page of everything, and a page for each chapter by its heading', () => {
  expect(Object.keys(pages)).toEqual(['index', 'set-it-up-in-teams', 'when-nothing-arrives']);
  expect(pages['index']?.markup).toContain('<h2 id="when-nothing-arrives">When nothing arrives</h2>');
});

it('gives a chapter a heading of its own, and the way back', () => {
  const { title, markup = '' } = pages['set-it-up-in-teams'] ?? {};

  expect(title).toBe('Set it up in Teams');
  expect(markup).toContain('<h1>Set it up in Teams</h1>');
  expect(markup).toContain('<a href="/help">');
});

it('finds pictures where they are served', () => {
  expect(pages['index']?.markup).toContain('src="/static/help/form.png"');
});

it('takes no markup but Markdown', () => {
  expect(pages['index']?.markup).not.toContain('<script>');
});

it('says of each state of a channel what it means', () => {
  const help = readFileSync(join(process.cwd(), 'docs', 'for-owners.md'), 'utf8');

  const states = [
    'First delivery',
    'Last delivered',
    'Not getting through since',
    'Paused',
    'Stopped',
    'Taken by Teams',
    'No clear answer',
  ];
  expect(states.filter((state) => !help.includes(state))).toEqual([]);
});
