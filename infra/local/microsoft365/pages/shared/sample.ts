/** The button that lets something happen in the product. */
import { ask } from './ask.ts';
import { el } from './dom.ts';

/** Asks for samples and shows what was said. */
export async function askForSample(button: HTMLButtonElement, status: Element | null): Promise<void> {
  button.disabled = true;
  const said = await ask<{ said: string }>('/_host/sample', {}).then(
    (answer) => answer.said,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  button.disabled = false;
  if (status !== null) status.textContent = said;
}

/** The button with its status beside it. */
export function sampleButton(): HTMLElement {
  const status = el('span', { class: 'note', role: 'status' });
  const button = el('button', { on: { click: () => void askForSample(button, status) } }, 'Send sample events');
  return el('span', { class: 'sample' }, button, ' ', status);
}
