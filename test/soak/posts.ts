/** Each card that a webhook took: which attempt it was, and whether its sender could know that it arrived. */
import type { RecordedRequest } from '../../infra/local/microsoft365/webhooks/request-log.ts';
import { TIMES } from './system.ts';
import type { Intent, WireLog } from './wire-log.ts';

/**
 * `known`: the answer came, and the record of it was stored. `lost`: the answer did not come. `uncertain`: the process ended,
 * or could not reach storage, before its record had passed the proxy.
 */
export type Knowledge = 'known' | 'lost' | 'uncertain';

/** A card taken. */
export interface TakenCard {
  readonly channel: string;
  readonly digestId: string;
  readonly at: number;
  readonly knowledge: Knowledge;
  /** The process that posted it: its place, and how often that was started. */
  readonly by: string;
}

/** What the webhooks' log comes to; a request that nobody announced is a fault. */
export function readPosts(
  requests: readonly RecordedRequest[],
  channelOf: ReadonlyMap<string, string>,
  wire: WireLog,
): { readonly taken: readonly TakenCard[]; readonly faults: readonly string[] } {
  const taken: TakenCard[] = [];
  const faults: string[] = [];
  for (const request of requests) {
    if (!request.accepted) continue;
    const channel = channelOf.get(request.webhook ?? '') ?? '';
    const at = Date.parse(request.at);
    // A card of several events names its digest; that of one event may not.
    const named = /\/digests\/(sub_[A-Za-z0-9-]+_\d+)\?/.exec(request.body)?.[1];
    const intent = wire.posted(channel, at, named);
    if (intent === undefined) {
      faults.push(`a card came to ${channel} that no process had announced`);
      continue;
    }
    taken.push({ channel, digestId: intent.digestId, at, knowledge: knowledgeOf(request, intent), by: intent.by });
  }
  return { taken, faults };
}

function knowledgeOf({ lost }: RecordedRequest, { at, record }: Intent): Knowledge {
  if (record === undefined) return 'uncertain';
  // The answer went, and came too late for its sender, who says so after all the time that a POST has.
  const cameLate = record.outcome === 'unclear' && record.at - at >= TIMES.postMs;
  return lost || cameLate ? 'lost' : 'known';
}
