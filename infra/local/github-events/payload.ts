/** The parts of a GitHub webhook payload that the mapper reads. A part of another shape counts as absent: parsing never fails. */
import { z } from 'zod';

const maybe = <Schema extends z.ZodType>(schema: Schema) =>
  schema
    .nullish()
    .transform((value) => value ?? undefined)
    .catch(undefined);

/** The same schema for each of these fields. */
const each = <Schema, Name extends string>(schema: Schema, names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>;

const text = maybe(z.string());
const flag = maybe(z.boolean());
const nameTexts = each(text, ['name', 'login', 'ref', 'title']);
const named = maybe(z.object(nameTexts));
const statementTexts = each(text, ['summary', 'description', 'severity']);
const statement = maybe(z.object(statementTexts));

const thingTexts = each(text, [
  ...(['title', 'name', 'full_name', 'login', 'tag_name', 'display_title', 'ghsa_id', 'external_identifier'] as const),
  ...([
    'body',
    'description',
    'summary',
    'note',
    'message',
    'html_url',
    'target_url',
    'head_branch',
    'head_sha',
  ] as const),
  ...(['state', 'status', 'conclusion', 'severity', 'environment', 'secret_type', 'affected_package_name'] as const),
  ...(['created_at', 'updated_at', 'submitted_at', 'started_at', 'completed_at', 'published_at', 'timestamp'] as const),
]);
const thingParts = each(named, ['account', 'head', 'base', 'plan']);
const thingStatements = each(statement, ['security_advisory', 'rule', 'output']);

/** Whatever a payload is about: a pull request, a label, a check run, a person. GitHub calls alike things alike. */
const thingSchema = z.object({
  number: maybe(z.number()),
  merged: flag,
  labels: maybe(z.array(z.object({ name: text }))),
  ...thingTexts,
  ...thingParts,
  ...thingStatements,
});
const thing = maybe(thingSchema);

const THINGS = [
  ...([
    'sender',
    'organization',
    'repository',
    'pusher',
    'head_commit',
    'pull_request',
    'issue',
    'discussion',
  ] as const),
  ...(['comment', 'review', 'merge_group', 'label', 'milestone', 'assignee', 'requested_reviewer'] as const),
  ...(['requested_team', 'check_run', 'check_suite', 'workflow_run', 'workflow_job', 'build', 'deployment'] as const),
  ...(['deployment_status', 'release', 'package', 'alert', 'security_advisory', 'rule', 'key', 'project'] as const),
  ...(['project_card', 'project_column', 'projects_v2_item', 'member', 'user', 'team', 'blocked_user'] as const),
  ...(['forkee', 'hook', 'installation', 'marketplace_purchase', 'sponsorship', 'content_reference'] as const),
];

const ownTexts = each(text, [
  ...(['action', 'ref', 'ref_type', 'compare', 'effective_date', 'starred_at', 'zen', 'state', 'status'] as const),
  ...(['context', 'description', 'sha', 'created_at', 'updated_at'] as const),
]);
const ownFlags = each(flag, ['created', 'deleted', 'forced']);
const ownThings = each(thing, THINGS);

const payloadSchema = z.object({
  commits: maybe(z.array(thingSchema)),
  pages: maybe(z.array(thingSchema)),
  ...ownTexts,
  ...ownFlags,
  ...ownThings,
});

/** What the mapper knows of one webhook delivery's body. */
export type Payload = z.infer<typeof payloadSchema>;
/** One thing in it. */
export type Thing = z.infer<typeof thingSchema>;
/** A field of a payload that holds a thing. */
export type ThingName = (typeof THINGS)[number];

/** True for the name of a field that holds a thing. */
export function isThingName(name: string): name is ThingName {
  return THINGS.some((thingName) => thingName === name);
}

/** Reads a payload; what is not an object has no parts. */
export function readPayload(json: unknown): Payload {
  return payloadSchema.catch(() => payloadSchema.parse({})).parse(json);
}
