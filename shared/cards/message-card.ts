/** The MessageCard: one zod schema for all of it. Tolerant in what is read, strict in what is written. */
import { z } from 'zod';
import { cardActionSchema } from './card-actions.ts';
import { toHexColour } from './colour.ts';
import { asBoolean, asText } from './tolerant.ts';

const imageSchema = z.object({ image: z.string(), title: asText.optional() });

/** A part of a card. `markdown: false` makes Teams read its text as HTML. */
export const sectionSchema = z.object({
  title: asText.optional(),
  startGroup: asBoolean.optional(),
  activityImage: z.string().optional(),
  activityImageType: z.enum(['avatar', 'article']).optional().catch(undefined),
  activityTitle: asText.optional(),
  activitySubtitle: asText.optional(),
  activityText: asText.optional(),
  heroImage: imageSchema.optional(),
  text: asText.optional(),
  facts: z.array(z.object({ name: asText, value: asText })).optional(),
  images: z.array(imageSchema).optional(),
  potentialAction: z.array(cardActionSchema).optional(),
  markdown: asBoolean.optional(),
});
export type Section = z.output<typeof sectionSchema>;

/** A whole card. What is read without `@type` and `@context` gets them. */
export const messageCardSchema = z.object({
  '@type': z.literal('MessageCard').default('MessageCard'),
  '@context': z
    .string()
    .optional()
    .transform(() => 'https://schema.org/extensions' as const),
  summary: asText.optional(),
  title: asText.optional(),
  text: asText.optional(),
  themeColor: asText.transform(toHexColour).optional(),
  correlationId: z.string().optional(),
  expectedActors: z.array(z.string()).optional(),
  originator: z.string().optional(),
  hideOriginalBody: asBoolean.optional(),
  sections: z.array(sectionSchema).optional(),
  potentialAction: z.array(cardActionSchema).optional(),
});
export type MessageCard = z.output<typeof messageCardSchema>;
