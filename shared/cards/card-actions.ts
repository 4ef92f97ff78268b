/** What a MessageCard offers to do: its actions and inputs. Tolerant in what is read, strict in what is written. */
import { z } from 'zod';
import { asBoolean, asText } from './tolerant.ts';

/** Ids that clients replace in a body (docs/microsoft.md, "Inputs"). */
export const INPUT_ID = /^[A-Za-z0-9_$@]+$/;

const inputBase = {
  id: z.string().regex(INPUT_ID, 'letters, digits, _, $ and @ only'),
  isRequired: asBoolean.optional(),
  title: asText.optional(),
  value: asText.optional(),
};

/** An input of an ActionCard. `style`: Teams says `compact` for what Outlook calls `normal`. */
export const cardInputSchema = z.discriminatedUnion('@type', [
  z.object({
    '@type': z.literal('TextInput'),
    ...inputBase,
    isMultiline: asBoolean.optional(),
    maxLength: z.coerce.number().int().min(1).optional(),
  }),
  z.object({ '@type': z.literal('DateInput'), ...inputBase, includeTime: asBoolean.optional() }),
  z.object({
    '@type': z.literal('MultichoiceInput'),
    ...inputBase,
    choices: z.array(z.object({ display: asText, value: asText })).optional(),
    isMultiSelect: asBoolean.optional(),
    style: z.enum(['normal', 'compact', 'expanded']).optional().catch(undefined), // `true` occurs in Teams' own text
  }),
]);
export type CardInput = z.output<typeof cardInputSchema>;

/** A link. */
export const openUriSchema = z.object({
  '@type': z.literal('OpenUri'),
  name: asText,
  targets: z
    .array(z.object({ os: z.enum(['default', 'windows', 'iOS', 'android']).catch('default'), uri: z.string() }))
    .min(1),
});
export type OpenUri = z.output<typeof openUriSchema>;

/** The older link, still sent by many; read as the newer one. */
const viewActionSchema = z
  .object({ '@type': z.literal('ViewAction'), name: asText, target: z.array(z.string()).min(1) })
  .transform(
    ({ name, target }): OpenUri => ({
      '@type': 'OpenUri',
      name,
      targets: [{ os: 'default', uri: target[0] ?? '' }],
    }),
  );

/** An answer that Microsoft's servers post. `body` is a string in which `{{id.value}}` stands for an input. */
export const httpPostSchema = z.object({
  '@type': z.literal('HttpPOST'),
  name: asText,
  target: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  body: z.string().optional(),
  bodyContentType: z.string().optional(),
});
export type HttpPost = z.output<typeof httpPostSchema>;

const innerActionSchema = z.discriminatedUnion('@type', [openUriSchema, viewActionSchema, httpPostSchema]);

/** A form that folds out of a card; its own actions are links and answers only. */
export const actionCardSchema = z.object({
  '@type': z.literal('ActionCard'),
  name: asText,
  inputs: z.array(cardInputSchema).optional(),
  actions: z.array(innerActionSchema).optional(),
});
export type ActionCard = z.output<typeof actionCardSchema>;

/** Outlook's add-in command. */
export const invokeAddInCommandSchema = z.object({
  '@type': z.literal('InvokeAddInCommand'),
  name: asText,
  addInId: z.string(),
  desktopCommandId: z.string(),
  initializationContext: z.record(z.string(), z.unknown()).optional(),
});

/** Any of them. */
export const cardActionSchema = z.discriminatedUnion('@type', [
  openUriSchema,
  viewActionSchema,
  httpPostSchema,
  actionCardSchema,
  invokeAddInCommandSchema,
]);
export type CardAction = z.output<typeof cardActionSchema>;
