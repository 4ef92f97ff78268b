/** What owners send: choices, targets and wishes, as the API takes them. Strict: a field that is not known is refused. */
import { z } from 'zod';
import { cleanName, MAX_NAME_CHARS } from './clean-name.ts';
import { choicesSchema } from './subscription.ts';
import { isSubscriptionId } from './subscription-id.ts';

/** A table's property holds 32 Ki characters; choices are one property. */
const MAX_CHOICES_CHARS = 30_000;

const topics = z.array(z.string().min(1).max(200)).max(1_000).meta({ description: 'Event types; empty: all of them' });
const scopes = z.array(z.string().min(1).max(500)).max(1_000).meta({ description: 'Parts of the account; empty: all' });
const locale = z
  .string()
  .max(35)
  .refine(isLocale, 'must be a language such as en or pt-BR')
  .meta({ description: 'Language of the cards' });
const subscriptionId = z.string().refine(isSubscriptionId, 'must be the id of a subscription');
const noticeTo = subscriptionId
  .nullish()
  .meta({ description: 'Another subscription of yours, which is told when this one stops working' });

const fields = z.strictObject({ ...choicesSchema.shape, topics, scopes, locale, noticeTo });
const isStorable = (choices: object) => JSON.stringify(choices).length <= MAX_CHOICES_CHARS;
const TOO_LONG = { message: 'holds more topics and scopes than can be kept: choose fewer, or none for all' };

/** Where the cards go, as people know it. */
const target = z.strictObject({
  appType: z.enum(['teams', 'groups', 'mail']).default('teams'),
  name: z.string().max(1_000).transform(cleanName).pipe(z.string().min(1).max(MAX_NAME_CHARS)),
});
const webhook = z
  .string()
  .max(4_096)
  .trim()
  .meta({ description: 'The webhook’s address, a secret: it goes in and never comes out' });
const channelKey = z
  .string()
  .regex(/^[\w-]{22}$/, 'must be 128 random bits in base64url')
  .optional();

/** A new subscription. What is not chosen is as the product recommends. */
export const newSubscriptionSchema = fields
  .partial()
  .extend({ target, webhook, channelKey })
  .refine(isStorable, TOO_LONG);
/** A change of some choices, or of the name. */
export const changeSchema = fields
  .partial()
  .extend({ name: target.shape.name.optional() })
  .refine(isStorable, TOO_LONG);
/** Another webhook. */
export const webhookChangeSchema = z.strictObject({ webhook });
/** How to pause. `until`: when it ends by itself. */
export const pauseSchema = z.strictObject({
  keep: z.boolean().default(true).meta({ description: 'Whether what arrives meanwhile is kept' }),
  until: z.iso.datetime({ offset: true }).nullish(),
});
/** A body without content. */
export const nothingSchema = z.strictObject({});

const at = z.iso
  .datetime({ offset: true })
  .optional()
  .meta({ description: 'The `at` of a preview, to post the very card it showed' });
const kind = z.enum(['connector', 'workflow']);
const appType = target.shape.appType.optional();

/** A draft to preview: `subscriptionId`, when an existing one is being changed. */
export const draftPreviewSchema = fields.extend({ kind, appType, subscriptionId: subscriptionId.optional() });
/** A draft to test with a webhook that is not saved yet; or, with the `id` of such a test, whether its card was seen in the channel. */
export const draftTestSchema = z.union([
  z.strictObject({ webhook, id: z.string().max(100), seen: z.boolean() }),
  fields.extend({ webhook, appType, at }),
]);
/** A test of a subscription; or, with the `id` of one, whether its card was seen in the channel. */
export const testSchema = z.union([
  z.strictObject({ id: z.string().max(100), seen: z.boolean() }),
  z.strictObject({ at }),
]);

function isLocale(name: string): boolean {
  try {
    return Intl.getCanonicalLocales(name).length === 1;
  } catch {
    return false;
  }
}
