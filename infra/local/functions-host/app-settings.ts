/** App settings as the host resolves them: `%NAME%` in trigger properties, and connections by name. */

/** The environment of the app. */
export type AppSettings = Readonly<Record<string, string | undefined>>;

/**
 * Replaces every `%NAME%` by that setting.
 * @throws Error that names a setting that is missing.
 */
export function resolveSettings(text: string, settings: AppSettings): string {
  return text.replace(/%([^%]+)%/g, (_, name: string) => {
    const value = settings[name];
    if (value === undefined) throw new Error(`"${text}" needs the setting ${name}, which is missing`);
    return value;
  });
}

/**
 * The connection string of a trigger's `connection`: `AzureWebJobs<name>` or `<name>`; empty means `AzureWebJobsStorage`.
 * @throws Error when there is none: identities are for the cloud.
 */
export function connectionStringOf(name: string | undefined, settings: AppSettings): string {
  const wanted = name === undefined || name === '' ? 'AzureWebJobsStorage' : name;
  const found = settings[`AzureWebJobs${wanted}`] ?? settings[wanted];
  if (found === undefined || found === '') throw new Error(`The setting ${wanted} must hold a connection string`);
  return found;
}
