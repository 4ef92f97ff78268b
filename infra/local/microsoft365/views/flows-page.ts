/** The run history of flows: the only place where a failure after the 202 is seen. */
import { type Html, html } from '../http/html.ts';
import { page } from '../http/page.ts';
import type { FlowRun } from '../webhooks/flow-runs.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import { navigation } from './navigation.ts';

/** The page. */
export function flowsPage(webhooks: readonly Webhook[], runs: readonly FlowRun[]): Html {
  const flows = webhooks.filter(({ kind }) => kind === 'workflow');
  return page({
    title: 'Flow runs',
    body: html`${navigation('/flows')}<main class="wide"><h1>Flows and their runs</h1>
      ${flows.length === 0 ? html`<p class="notice">There are no flows yet. Make one in Teams: <i>Connectors</i>, <i>Create a flow</i>.</p>` : undefined}
      ${flows.map((flow) =>
        flowCard(
          flow,
          runs
            .filter(({ webhook }) => webhook === flow.id)
            .slice(-20)
            .reverse(),
        ),
      )}</main>`,
  });
}

const flowCard = (
  { name, state, offReason, callers }: Webhook,
  runs: readonly FlowRun[],
): Html => html`<section class="card">
  <h2>${name} <span class="badge ${state === 'active' ? 'good' : 'bad'}">${state === 'active' ? 'On' : state}</span></h2>
  <p class="note">When a Teams webhook request is received · ${callers} ${offReason === null ? '' : `· switched off: ${offReason}`}</p>
  <table><thead><tr><th>Start</th><th>Status</th><th>Error</th></tr></thead><tbody>${runs.map(
    ({ at, status, error }) => html`<tr><td>${at}</td>
      <td><span class="badge ${status === 'Succeeded' ? 'good' : 'bad'}">${status}</span></td>
      <td>${error === null ? '' : `${error.code}: ${error.message}`}</td></tr>`,
  )}</tbody></table></section>`;
