/** Asks this server; a refusal becomes an error with its words. */

/** GET without a body, POST with one. */
export async function ask<Answer>(path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(path, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const value = await answer.json();
  if (!answer.ok) throw new Error(typeof value?.error === 'string' ? value.error : `status ${answer.status}`);
  return value;
}
