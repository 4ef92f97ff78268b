/** The page on which faults are switched on and off: the same ones that the control API switches. */
import { type Html, html } from '../http/html.ts';
import { page } from '../http/page.ts';
import type { Fault } from '../webhooks/faults.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import { navigation } from './navigation.ts';

const effects = [
  ['reset before', 'reset the connection before the card is taken'],
  ['reset after', 'reset the connection after the card was taken (the answer is lost)'],
  ['hidden-error', '200 that hides an error (429, 413, 403 …: the code)'],
  ['contact-error', '200 that says that Teams could not be reached'],
  ['answer before', 'a status of its own (the code)'],
  ['slow before', 'wait before taking it (milliseconds: the code)'],
  ['slow after', 'wait before answering (milliseconds: the code)'],
  ['odd-body after', '200 with an unknown body'],
  ['garbage after', 'bytes that are no HTTP'],
  ['silence after', 'no answer at all'],
  ['fail-run', 'flows: 202, and the run fails'],
] as const;

/** The page. */
export function faultsPage(faults: readonly Fault[], webhooks: readonly Webhook[], more: Html): Html {
  return page({
    title: 'Faults',
    body: html`${navigation('/faults')}<main class="wide"><h1>Faults</h1>
      <form method="post" class="card tools">
        <label class="field"><span>What</span><select name="effect">${effects.map(([value, text]) => html`<option value="${value}">${text}</option>`)}</select></label>
        <label class="field"><span>Code or ms</span><input name="code" type="number" value="429"></label>
        <label class="field"><span>Webhook</span><select name="webhook"><option value="">all of them</option>${webhooks.map(({ id, name, kind }) => html`<option value="${id}">${name} (${kind})</option>`)}</select></label>
        <label class="field"><span>How often</span><select name="often"><option value="1">once</option><option value="">always</option></select></label>
        <label class="field"><span>After so many</span><input name="after" type="number" value="0" min="0"></label>
        <label class="field"><span>Probability</span><input name="probability" type="number" value="1" min="0" max="1" step="0.05"></label>
        <label class="field"><span>Seed</span><input name="seed" type="number" value="1"></label>
        <button class="primary" name="do" value="add">Switch on</button>
        <button name="do" value="clear" formnovalidate>Switch all off</button>
      </form>
      <table><thead><tr><th>Fault</th><th>Meets</th><th>Met</th></tr></thead><tbody>${faults.map(row)}</tbody></table>
      ${faults.length === 0 ? html`<p class="note">Everything works.</p>` : undefined}${more}</main>`,
  });
}

const row = ({ effect, webhook, kind, after, times, probability, seed, used, seen }: Fault): Html => {
  const often = times === Number.MAX_SAFE_INTEGER ? 'always' : `${times} times`;
  const chance = probability === 1 ? '' : `, with ${probability} by seed ${seed}`;
  return html`<tr><td>${JSON.stringify(effect)}</td><td>${webhook ?? kind ?? 'all'}, ${often}, after ${after}${chance}</td><td>${used} of ${seen}</td></tr>`;
};

/** What the page's form asks for, in the control API's words. */
export function faultFields(form: URLSearchParams): Record<string, unknown> {
  const [effect = '', when] = (form.get('effect') ?? '').split(' ');
  const code = Number(form.get('code'));
  return {
    do: effect,
    ...(when === undefined ? {} : { when }),
    ...(effect === 'slow'
      ? { ms: code }
      : effect === 'answer'
        ? { status: code }
        : effect === 'hidden-error'
          ? { code }
          : {}),
    ...(form.get('webhook') ? { webhook: form.get('webhook') } : {}),
    ...(form.get('often') === '1' ? { times: 1 } : {}),
    after: Number(form.get('after') ?? 0),
    probability: Number(form.get('probability') ?? 1),
    seed: Number(form.get('seed') ?? 1),
  };
}
