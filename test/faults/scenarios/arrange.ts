/** What scenarios begin with: events received, the hour come, a process dead. */
import { packEvent } from '../../../shared/events/pack-event.ts';
import { pageKey } from '../../../shared/events/page.ts';
import { digestJob, type JobReason } from '../../../shared/schedules/digest-job.ts';
import { anEvent } from '../../world/make.ts';
import type { Message } from '../host.ts';
import { handleShown } from '../life.ts';
import { answered, type Process, type System } from '../system.ts';
import { createWire } from '../wire.ts';

export const NINE = Date.parse('2026-11-23T09:00:00Z');
export const HALF_PAST = '2026-11-23T09:30:00Z';
export const MINUTE = 60_000;
export const now = { schedule: { every: 'now' } } as const;
export const CRITICAL = { severity: 'critical' } as const;

/** Emits one message and lets it be received. */
export async function receive(system: System, worker: Process, ...titles: string[]): Promise<void> {
  await system.emit(...titles.map((title) => anEvent({ title })));
  const message = system.host.messages.find(({ queue }) => queue === 'events') ?? never();
  await system.host.run(message, worker.handle);
}

/** Goes to nine, when the due row's job is on the queue, and on to the second at which it shows. */
export async function toNine({ clock, host }: System, worker: Process): Promise<void> {
  clock.advance(NINE - clock.now());
  await worker.dispatch();
  const jobs = host.messages.filter(({ text }) => /"(?:due|probe)"/.test(text));
  clock.advance(Math.max(0, ...jobs.map(({ showsAt }) => showsAt - clock.elapsed())));
}

/** The message that has shown longest. */
export function shown({ host }: System): Message {
  return host.shown() ?? never();
}

/** Another process handles what shows, and dies at its first call of a name; what it was doing lands. */
export async function dieIn(system: System, fault: 'before' | 'after', at: string): Promise<void> {
  const wire = createWire({ at, fault });
  const dying = await system.start(wire);
  await Promise.race([system.host.run(shown(system), dying.handle), wire.died]);
  await wire.settled();
}

/** The first attempt fails with an answer. */
export async function failOnce(system: System, worker: Process, status = 500): Promise<void> {
  system.answers.push(answered(status));
  await system.host.run(shown(system), worker.handle);
}

/** Puts a job for a channel of `acme`. */
export async function putJob(system: System, subscriptionId: string, reason: JobReason): Promise<void> {
  await system.host.put('digests', JSON.stringify(digestJob({ account: 'acme', subscriptionId }, reason)));
}

/** Pages straight into the inbox: quicker than messages where it takes many. */
export async function manyPages(system: System, subscriptionId: string, pages: number): Promise<void> {
  const events = Array.from({ length: pages }, (_, page) => anEvent({ title: `page ${page}` }));
  system.sent.push(...events);
  const key = (page: number) => pageKey(system.clock.now(), 'many', page);
  await Promise.all(
    events.map((event, page) => system.inbox.insertPage(subscriptionId, key(page), 'ordinary', [packEvent(event)])),
  );
}

/** Life goes on until one more answer was given. */
export async function oneMore(system: System, worker: Process): Promise<void> {
  const left = system.answers.length;
  while (system.answers.length === left) {
    system.clock.advance(Math.max(1, system.host.nextShowsAt() - system.clock.elapsed()));
    await handleShown(system, worker.handle);
  }
}

/** For what cannot be, if the scenario is as it was meant. */
export function never(): never {
  throw new Error('the scenario is not as it was meant');
}
