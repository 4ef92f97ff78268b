/** A manifest against Microsoft's schema, kept in `schema/`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { projectDir } from '../build-app.ts';

function compile(): ValidateFunction {
  const path = join(projectDir, 'infra', 'teams', 'schema', 'teams-1.29.schema.json');
  // The file says draft-04 and uses `const` of draft-06; it uses nothing of draft-04 that later drafts changed.
  const { $schema: _, ...schema } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const ajv = new Ajv({ allErrors: true, strict: false });
  ajv.addFormat('uri', (text: string) => URL.canParse(text));
  return ajv.compile(schema);
}

let compiled: ValidateFunction | undefined;

/** What the schema's words ask of a version and its patterns do not: "must follow the semver standard". */
const SEMVER = /^\d+\.\d+\.\d+$/;

/** Every fault, a line each; none when it is valid. */
export function manifestFaults(manifest: { readonly version: string }): string[] {
  compiled ??= compile();
  const errors = compiled(manifest) ? [] : (compiled.errors ?? []);
  return [
    ...errors.map(
      ({ instancePath, message, params }) => `${instancePath || 'manifest'} ${message} ${JSON.stringify(params)}`,
    ),
    ...(SEMVER.test(manifest.version) ? [] : ['/version must be three numbers, such as 1.0.0']),
  ];
}
