/** A POST as a piece of work: where it went and what came back, without the address. */
import type { Telemetry } from '../platform/telemetry/telemetry.ts';
import type { PostCard } from './delivery-deps.ts';

/** Posts as `post` does. */
export function tracedPost(post: PostCard, telemetry: Telemetry): PostCard {
  return (webhook, body, timeoutMs) =>
    telemetry.work(
      () => ({
        name: 'post card',
        kind: 'client',
        ids: { 'http.request.method': 'POST', 'server.address': new URL(webhook.url).hostname, kind: webhook.kind },
      }),
      async () => {
        const answer = await post(webhook, body, timeoutMs);
        const status = answer.is === 'answered' ? answer.status : undefined;
        telemetry.note({ answer: answer.is, 'http.response.status_code': status });
        return answer;
      },
    );
}
