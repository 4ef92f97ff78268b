/** Finds members given twice in JSON, which parsers read in different ways. */

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** True when an object in `json`, which must be valid JSON, has two members of one name. */
export function hasDuplicateMembers(json: string): boolean {
  const open: (Set<string> | 'list')[] = [];
  let text: string | undefined;
  for (const [token] of json.matchAll(TOKENS)) {
    const names = open.at(-1);
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push('list');
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':' && names instanceof Set && text !== undefined) {
      const name = String(JSON.parse(text)); // "a" and "\u0061" are one name
      if (names.has(name)) return true;
      names.add(name);
    }
    text = token.startsWith('"') ? token : undefined;
  }
  return false;
}
