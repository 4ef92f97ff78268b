/** The hourly net and the poison queues: what is mended after things that went wrong before. */
import { anEvent, aSubscription } from '../../world/make.ts';
import type { Scenario } from '../die-at.ts';
import type { Process, System } from '../system.ts';
import { failOnce, HALF_PAST, MINUTE, NINE, never, now, receive, shown } from './arrange.ts';
import { leftUnder } from './owning.ts';

/** A channel without its due row, and one with a row of an older revision. */
async function withoutRows(system: System): Promise<void> {
  const { id } = await system.subscribe(aSubscription({ account: 'quiet' }));
  await system.due.remove({ subscriptionId: id, dueAt: NINE, revision: 1 });
  const edited = await system.subscribe(aSubscription({ account: 'quiet', revision: 2 }));
  const duty = { is: 'schedule', schedule: edited.schedule } as const;
  await system.due.put({ account: 'quiet', subscriptionId: edited.id, dueAt: NINE + 5 * MINUTE, revision: 1, duty });
}

/** A channel removed half-way: the tombstone, and nothing else of it. */
async function halfRemoved(system: System, worker: Process): Promise<void> {
  const { id, account } = await system.subscribe(aSubscription({ account: 'gone' }));
  await worker.webhookVault.put(id, `https://webhook.invalid/${id}`);
  await worker.owner.webhooks.claim({ account, id, identity: `https://webhook.invalid/${id}` });
  await system.host.put('events', JSON.stringify(anEvent({ account })));
  await system.host.run(shown(system), worker.handle);
  await system.subscriptions.bury({ account, id, removedAt: system.clock.now() });
}

/** Two immediate channels whose jobs were lost: one with a digest that waits, one before its first. */
async function forgotten(system: System, worker: Process): Promise<void> {
  await system.subscribe(aSubscription(now));
  await system.subscribe(aSubscription(now));
  await receive(system, worker, 'one');
  await failOnce(system, worker);
  for (const message of [...system.host.messages]) system.host.remove(message);
}

export const MENDING: readonly Scenario[] = [
  {
    name: 'the net finds rows missing, rows too many, a removal half done and channels forgotten',
    vault: 'needed',
    async prepare(system, worker) {
      await forgotten(system, worker);
      await withoutRows(system);
      await halfRemoved(system, worker);
      system.clock.advance(20 * MINUTE);
    },
    operate: async (worker) => {
      await worker.reconcile();
    },
    until: '2026-11-23T10:30:00Z',
    net: 'hourly',
    async also(system) {
      for await (const row of system.subscriptions.list('gone'))
        if (row.is === 'removed') return leftUnder(system, row.tombstone);
      return never();
    },
  },
  {
    name: 'a poison message of events goes back',
    async prepare(system) {
      await system.subscribe(aSubscription());
      const events = [anEvent({ title: 'one' }), anEvent({ title: 'two' })];
      system.sent.push(...events);
      await system.host.put('events-poison', JSON.stringify(events));
    },
    until: HALF_PAST,
  },
  {
    name: 'a poison job goes back',
    async prepare(system, worker) {
      await system.subscribe(aSubscription(now));
      await receive(system, worker, 'one');
      const job = shown(system);
      system.host.remove(job);
      await system.host.put('digests-poison', job.text);
    },
    until: HALF_PAST,
  },
];
