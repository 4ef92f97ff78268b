/** A secret and its versions as the vault keeps them, and the bodies that set and change them. Times are whole seconds. */
import { z } from 'zod';

/** Days a deleted secret waits, as in a vault made by our deployment. */
const RECOVERABLE_DAYS = 90;

const attributes = z.object({
  enabled: z.boolean().nullish(),
  nbf: z.number().nullish(),
  exp: z.number().nullish(),
});
/** The body of Update Secret. */
export const propertiesBody = z.object({
  contentType: z.string().max(255).nullish(),
  tags: z.record(z.string(), z.string()).nullish(),
  attributes: attributes.nullish(),
});
/** The body of Set Secret. */
export const setBody = propertiesBody.extend({ value: z.string() });

const versionSchema = z.object({
  version: z.string(),
  value: z.string(),
  contentType: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
  enabled: z.boolean(),
  nbf: z.number().optional(),
  exp: z.number().optional(),
  created: z.number(),
  updated: z.number(),
});
export const secretSchema = z.object({
  name: z.string(),
  versions: z.array(versionSchema).min(1),
  deletedAt: z.number().optional(),
});

/** One version of a secret. */
export type SecretVersion = z.infer<typeof versionSchema>;
/** A secret with its versions, oldest first. */
export type Secret = z.infer<typeof secretSchema>;
/** What is kept on disk: secrets by lower-case name, since names are compared without case. */
export const contentsSchema = z.record(z.string(), secretSchema);
export type Contents = z.infer<typeof contentsSchema>;

/** Seconds after which a deleted secret goes by itself. */
export function purgeAt(deletedAt: number): number {
  return deletedAt + RECOVERABLE_DAYS * 86_400;
}

/** Level and days as every answer's attributes show them. */
export function recovery(purgeProtection: boolean): { recoveryLevel: string; recoverableDays: number } {
  return {
    recoveryLevel: purgeProtection ? 'Recoverable' : 'Recoverable+Purgeable',
    recoverableDays: RECOVERABLE_DAYS,
  };
}

/** A version with the properties given; what is not given stays. */
export function withProperties(
  version: SecretVersion,
  given: z.infer<typeof propertiesBody>,
  at: number,
): SecretVersion {
  const { enabled, nbf, exp } = given.attributes ?? {};
  return {
    ...version,
    updated: at,
    enabled: enabled ?? version.enabled,
    ...(given.contentType == null ? {} : { contentType: given.contentType }),
    ...(given.tags == null ? {} : { tags: given.tags }),
    ...(nbf == null ? {} : { nbf }),
    ...(exp == null ? {} : { exp }),
  };
}
