/** Route templates of HTTP triggers as ASP.NET Core reads them: literals, parameters, constraints, catch-alls, precedence. */

interface Parameter {
  readonly name: string;
  readonly constraints: readonly ((value: string) => boolean)[];
  readonly kind: 'required' | 'optional' | 'catch-all';
}
type Segment = { readonly literal: string } | Parameter;

/** A parsed route. */
export interface RouteTemplate {
  /** The values of the parameters when `path` matches; else undefined. A parameter without a value is left out. */
  match(path: string): Record<string, string> | undefined;
  /** More specific routes compare as smaller. */
  readonly precedence: string;
}

// https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-constraints
const CONSTRAINTS: Readonly<Record<string, (argument: string) => (value: string) => boolean>> = {
  int: () => (value) => /^[+-]?\d{1,10}$/.test(value) && Math.abs(Number(value)) < 2 ** 31,
  long: () => (value) => /^[+-]?\d{1,19}$/.test(value),
  bool: () => (value) => /^(true|false)$/i.test(value),
  alpha: () => (value) => /^[a-z]*$/i.test(value),
  guid: () => (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
  minlength: (least) => (value) => value.length >= Number(least),
  maxlength: (most) => (value) => value.length <= Number(most),
  length: (range) => {
    const [least = 0, most = least] = range.split(',').map(Number);
    return (value) => value.length >= least && value.length <= most;
  },
  min: (least) => (value) => /^[+-]?\d+$/.test(value) && Number(value) >= Number(least),
  max: (most) => (value) => /^[+-]?\d+$/.test(value) && Number(value) <= Number(most),
};

/**
 * Parses a route such as `api/subscriptions/{id}` or `{ignored:maxlength(0)?}`.
 * @throws Error for what ASP.NET Core refuses and for the forms this host does not know.
 */
export function parseRoute(route: string): RouteTemplate {
  const segments = route
    .split('/')
    .filter((part) => part !== '')
    .map((part) => parseSegment(part, route));
  const tooEarly = segments.slice(0, -1).some((segment) => 'kind' in segment && segment.kind !== 'required');
  if (tooEarly) throw new Error(`Route "${route}": only the last segment may be optional or catch all`);
  return { match: (path) => matchSegments(segments, path), precedence: segments.map(precedenceOf).join('') };
}

function parseSegment(part: string, route: string): Segment {
  if (!/[{}]/.test(part)) return { literal: part.toLowerCase() };
  const [, stars, name, constraints = '', optional] =
    /^\{(\*{0,2})([A-Za-z_]\w*)((?::\w+(?:\([^)]*\))?)*)(\?)?\}$/.exec(part) ?? [];
  if (name === undefined) throw new Error(`Route "${route}": this host does not know the form ${part}`);
  return {
    name,
    kind: stars ? 'catch-all' : optional ? 'optional' : 'required',
    constraints: [...constraints.matchAll(/:(\w+)(?:\(([^)]*)\))?/g)].map(([, kind = '', argument = '']) => {
      const make = CONSTRAINTS[kind];
      if (make === undefined) throw new Error(`Route "${route}": this host does not know the constraint "${kind}"`);
      return make(argument);
    }),
  };
}

/** RoutePrecedence.ComputeInbound: literal, constrained parameter, parameter, constrained catch-all, catch-all. */
function precedenceOf(segment: Segment): string {
  if ('literal' in segment) return '1';
  const constrained = segment.constraints.length > 0;
  if (segment.kind === 'catch-all') return constrained ? '4' : '5';
  return constrained ? '2' : '3';
}

function matchSegments(segments: readonly Segment[], path: string): Record<string, string> | undefined {
  const parts = path.replace(/^\//, '').replace(/\/$/, '').split('/');
  if (parts.length === 1 && parts[0] === '') parts.pop();
  const values: Record<string, string> = {};
  for (const segment of segments) {
    const rest = 'kind' in segment && segment.kind === 'catch-all';
    const part = rest ? parts.splice(0).join('/') : parts.shift();
    if ('literal' in segment) {
      if (part === undefined || decode(part).toLowerCase() !== segment.literal) return undefined;
      continue;
    }
    if (part === undefined || part === '') {
      if (segment.kind === 'required') return undefined;
      continue;
    }
    const value = decode(part);
    if (!segment.constraints.every((holds) => holds(value))) return undefined;
    values[segment.name] = value;
  }
  return parts.length === 0 ? values : undefined;
}

/** As Kestrel: everything is decoded but an encoded slash, and what cannot be decoded stays as it is. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part.replace(/%2f/gi, '%252F'));
  } catch {
    return part;
  }
}
