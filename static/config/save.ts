/** Saving: what is called in which order, for a new channel and for one that is there, framed or not. */
import type { Choices } from '../../shared/subscriptions/subscription.ts';
import type { Api, SubscriptionView } from './api.ts';
import { appTypeOf, type Host, type HostConfig } from './host.ts';
import { Problem } from './problem.ts';

/** What saving needs. */
export interface SaveDeps {
  readonly api: Api;
  readonly host: Host;
}

/** What is to be saved from a frame. `webhookUrl` is the save event's, if it told one. */
export interface FramedSave {
  readonly subscription: SubscriptionView | undefined;
  readonly choices: Choices;
  readonly webhookUrl: string | undefined;
  /** As kept by the host before. */
  readonly config: HostConfig;
  /** What the entry is called in the host's list of connectors. */
  readonly name: string;
}

/**
 * Saves from Teams or Outlook. A new channel: the webhook is the save event's, or what the host tells once something was
 * set; then the subscription is made, whose channel key the host keeps as `entityId`, known to nobody else. One that is
 * there: its webhook is told anew each time, since the host may have changed it. Run again after a failure it goes on.
 */
export async function saveFramed(
  deps: SaveDeps,
  save: FramedSave,
): Promise<{ subscription: SubscriptionView; config: HostConfig }> {
  const { api, host } = deps;
  const { subscription, choices, config } = save;
  const webhook = save.webhookUrl ?? (await webhookFromHost(host, config, save));
  if (subscription === undefined) {
    if (webhook === undefined) throw new Problem({ status: 0, code: 'no-webhook' });
    const appType = appTypeOf(await host.readConfig()) ?? 'teams';
    const made = await api.create({ ...choices, target: { appType, name: save.name }, webhook });
    const kept = await keep(host, { config, id: made.id, name: save.name, channelKey: made.channelKey });
    return { subscription: made, config: kept };
  }
  const changed = await api.change(subscription, choices);
  const rotated = webhook === undefined ? changed : await api.rotate(changed, webhook);
  const kept = await keep(host, { config, id: rotated.id, name: rotated.target.name, channelKey: config.entityId });
  return { subscription: rotated, config: kept };
}

/** The host tells the webhook only once something has been set; what is set here is set again, whole, at the end. */
async function webhookFromHost(host: Host, config: HostConfig, { name }: FramedSave): Promise<string | undefined> {
  await host.setConfig({ ...addresses(config.contentUrl), entityId: config.entityId ?? 'new', configName: name });
  return (await host.readConfig()).webhookUrl;
}

interface Kept {
  readonly config: HostConfig;
  readonly id: string;
  readonly name: string;
  readonly channelKey: string | undefined;
}

async function keep(host: Host, { config, id, name, channelKey }: Kept): Promise<HostConfig> {
  const contentUrl = `${location.origin}/config?subscription=${encodeURIComponent(id)}`;
  const entityId = channelKey ?? config.entityId ?? id;
  const removeUrl = `${location.origin}/config?view=remove&subscription=${encodeURIComponent(id)}`;
  const kept = { contentUrl, removeUrl, entityId, configName: name };
  await host.setConfig(kept);
  return kept;
}

function addresses(contentUrl = `${location.origin}/config`) {
  return { contentUrl, removeUrl: `${location.origin}/config?view=remove` };
}
