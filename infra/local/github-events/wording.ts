/** The words that titles are made of. */
import type { Payload, Thing } from './payload.ts';

/** A branch or tag without what git puts before it. */
export function shortRef(ref: string | undefined): string {
  return ref?.replace(/^refs\/(heads|tags)\//, '') ?? '';
}

/** Who did it. */
export function who(payload: Payload): string {
  return payload.sender?.login ?? payload.pusher?.name ?? 'Someone';
}

/** Where it happened. */
export function here(payload: Payload): string {
  return payload.repository?.full_name ?? payload.organization?.login ?? 'the repository';
}

/** An issue, pull request or discussion with its number and title. */
export function the(kind: string, thing: Thing | undefined): string {
  return `${kind} #${thing?.number}: ${thing?.title}`;
}

/** GitHub's word for an action, as a participle. */
export function done(action: string | undefined): string {
  const verbs: Readonly<Record<string, string>> = {
    create: 'created',
    dismiss: 'dismissed',
    resolve: 'resolved',
    suspend: 'suspended',
    unsuspend: 'resumed',
  };
  return verbs[action ?? ''] ?? words(action);
}

/** GitHub's name for something, as words. */
export function words(name: string | undefined): string {
  return (name ?? '').replaceAll('_', ' ');
}
