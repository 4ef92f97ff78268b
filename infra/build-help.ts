/** The help as pages: docs/for-owners.md as a whole, and each of its chapters alone. */
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import markdownIt from 'markdown-it';
import { writeIfChanged } from './write-if-changed.ts';

/** Where the text is, and where the pages go. */
export interface BuildHelpOptions {
  readonly docs: string;
  readonly outdir: string;
}

interface HelpPage {
  readonly title: string;
  readonly markup: string;
}

/** Writes `<outdir>/help-pages.json` and copies the pictures to `<outdir>/help/`. */
export async function buildHelp({ docs, outdir }: BuildHelpOptions): Promise<void> {
  const pages = helpPages(await readFile(join(docs, 'for-owners.md'), 'utf8'));
  await writeIfChanged(join(outdir, 'help-pages.json'), Buffer.from(JSON.stringify(pages)));
  await cp(join(docs, 'pictures', 'owners'), join(outdir, 'help'), { recursive: true, force: true });
}

/** By name: `index` is everything with links to its chapters, each chapter is a page by its heading. */
export function helpPages(text: string): Record<string, HelpPage> {
  const render = markdownIt({ html: false, typographer: false });
  const toMarkup = (markdown: string) =>
    render
      .render(markdown)
      .replaceAll('src="pictures/owners/', 'src="/static/help/')
      .replaceAll(/<h2>(.*?)<\/h2>/g, (_, heading: string) => `<h2 id="${slug(heading)}">${heading}</h2>`);
  const [intro = '', ...chapters] = text.split(/^(?=## )/m);
  const titleOf = (markdown: string) => /^#+ (.*)$/m.exec(markdown)?.[1] ?? '';
  const pages: Record<string, HelpPage> = { index: { title: titleOf(intro), markup: toMarkup(text) } };
  for (const chapter of chapters) {
    const title = titleOf(chapter);
    const back = '<p><a href="/help">All of the help</a></p>\n';
    pages[slug(title)] = { title, markup: toMarkup(chapter.replace(/^## /, '# ')) + back };
  }
  return pages;
}

/** A heading as part of an address: `When nothing arrives` is `when-nothing-arrives`. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
