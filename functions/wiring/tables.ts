/** The tables, each made once when it is first needed. */
import { once as memo, storage } from './parts.ts';

/** Subscriptions at rest. */
export const subscriptions = memo(async () => {
  const { createSubscriptionsTable } = await import('../../shared/subscriptions/subscriptions-table.ts');
  return createSubscriptionsTable((await storage()).table('subscriptions'));
});

/** Pages of waiting events. */
export const inbox = memo(async () => {
  const { createInboxTable } = await import('../../shared/events/inbox-table.ts');
  return createInboxTable((await storage()).table('inbox'));
});

/** Notes of what was dropped, beside the pages. */
export const dropped = memo(async () => {
  const { createDroppedTable } = await import('../../shared/events/dropped-table.ts');
  return createDroppedTable((await storage()).table('inbox'));
});

/** Channels' heads, in the partitions of their pages. */
export const heads = memo(async () => {
  const { createHeadTable } = await import('../../shared/digests/head-table.ts');
  return createHeadTable((await storage()).table('inbox'));
});

/** Due rows. */
export const due = memo(async () => {
  const { createDueTable } = await import('../../shared/schedules/due-table.ts');
  return createDueTable((await storage()).table('due'));
});

/** Digests, as they were frozen and what became of them. */
export const digests = memo(async () => {
  const { createDigestsTable } = await import('../../shared/digests/digests-table.ts');
  return createDigestsTable((await storage()).table('digests'));
});

/** What may happen once. */
export const once = memo(async () => {
  const { createOnceTable } = await import('../../shared/identity/once-table.ts');
  return createOnceTable((await storage()).table('once'));
});

/** Answers, which happen once too. */
export const acts = memo(async () => {
  const { createActsTable } = await import('../../shared/actions/acts-table.ts');
  return createActsTable((await storage()).table('once'));
});

/** Which account a Microsoft person belongs to. */
export const accountLinks = memo(async () => {
  const { createAccountLinksTable } = await import('../../shared/identity/account-links-table.ts');
  return createAccountLinksTable((await storage()).table('accounts'));
});

/** The scopes of each account. */
export const accountScopes = memo(async () => {
  const { createAccountScopesTable } = await import('../../shared/identity/account-scopes-table.ts');
  return createAccountScopesTable((await storage()).table('accounts'));
});

/** Dead letters. */
export const deadLetters = memo(async () => {
  const { createDeadLettersTable } = await import('../../shared/events/dead-letters-table.ts');
  return createDeadLettersTable((await storage()).table('deadletters'));
});
