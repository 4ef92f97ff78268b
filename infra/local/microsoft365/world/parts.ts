/** Everything this Microsoft 365 consists of, put together: the composition root's pieces. */
import { createActionLog } from '../actions/action-log.ts';
import { ACTION_TIMEOUT_MS } from '../actions/call-target.ts';
import { createPressButton } from '../actions/press-button.ts';
import type { SettableClock } from '../clock.ts';
import { createCodes } from '../entra/codes.ts';
import { type Issuers, issuersAt } from '../entra/issuers.ts';
import { createKeys } from '../entra/keys.ts';
import { createTokens } from '../entra/tokens.ts';
import { createClientQuirks } from '../hosts/client-quirks.ts';
import { createConnectors } from '../hosts/connectors.ts';
import { createFaults } from '../webhooks/faults.ts';
import { createFlowRuns } from '../webhooks/flow-runs.ts';
import { createRequestLog } from '../webhooks/request-log.ts';
import { createWebhooks } from '../webhooks/webhooks.ts';
import type { ConnectorApp } from './connector-app.ts';
import type { KeptState } from './kept-state.ts';
import { createMessages } from './messages.ts';
import { createWorld } from './world.ts';

/** What the parts are made from. */
export interface PartsFrom {
  readonly clock: SettableClock;
  readonly origin: () => string;
  readonly app: ConnectorApp;
  readonly issuers: Partial<Issuers>;
  readonly keepRequests: number;
  readonly kept: KeptState | undefined;
}

/** Makes the parts, with what an earlier run kept. */
export function createParts({ clock, origin, app, issuers: given, keepRequests, kept }: PartsFrom) {
  const world = createWorld(app);
  const webhooks = createWebhooks({ clock, origin });
  const messages = createMessages(clock);
  const quirks = createClientQuirks();
  const connectors = createConnectors({ world, webhooks, quirks });
  const entraKeys = createKeys(kept?.entraKeys);
  const substrateKeys = createKeys(kept?.substrateKeys);
  const issuers = () => issuersAt(origin(), given);
  const tokens = createTokens({ clock, app: () => world.app, issuers, entraKeys, substrateKeys });
  const actions = createActionLog();
  if (kept !== undefined) {
    world.restorePlaces(kept.places);
    webhooks.restore(kept.webhooks);
    connectors.restore(kept.connectors);
    messages.restore(kept.messages);
  }
  return {
    clock,
    world,
    webhooks,
    messages,
    quirks,
    connectors,
    entraKeys,
    substrateKeys,
    issuers,
    tokens,
    actions,
    requests: createRequestLog(keepRequests),
    faults: createFaults(),
    runs: createFlowRuns(clock),
    codes: createCodes(clock),
    pressButton: createPressButton({ clock, world, messages, tokens, actions, timeoutMs: ACTION_TIMEOUT_MS }),
  };
}

/** The parts. */
export type Parts = ReturnType<typeof createParts>;
