/** The first page: its one button. */
import { askForSample } from './shared/sample.ts';

const button = document.querySelector<HTMLButtonElement>('button[data-sample]');
button?.addEventListener('click', () => void askForSample(button, button.nextElementSibling));
