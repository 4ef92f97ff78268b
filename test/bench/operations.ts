/** What a request to storage is, as one of the operations that Azure bills: by service, queue or table, and verb. */

export type Service = 'blob' | 'queue' | 'table';

/** A request and as much of its answer as decides what it was. */
export interface Exchange {
  readonly service: Service;
  readonly method: string;
  /** Path and query, with the account first as Azurite has it. */
  readonly url: string;
  /** The body: a transaction names its table there. */
  readonly body: string;
  /** The answer's body: an empty poll is seen there. */
  readonly answer: string;
}

/** The kind of an operation, such as `queue events receive` or `table inbox transaction`. A transaction (`$batch`) is one operation. */
export function kindOf(exchange: Exchange): string {
  const url = new URL(exchange.url, 'http://storage.invalid');
  const [, , first = '', ...rest] = url.pathname.split('/').map(decodeURIComponent);
  switch (exchange.service) {
    case 'blob':
      return `blob ${exchange.method}`;
    case 'queue':
      return `queue ${first} ${queueVerb(exchange, rest, url.searchParams)}`;
    case 'table':
      return tableKind(exchange, first);
  }
}

/** A poll that found nothing: billed, but not work. */
export function isEmptyPoll(kind: string): boolean {
  return kind.endsWith(' receive nothing');
}

function queueVerb({ method, answer }: Exchange, [messages, id]: readonly string[], query: URLSearchParams): string {
  if (messages !== 'messages') return query.has('comp') ? `${method} ${query.get('comp')}` : `${method} queue`;
  switch (method) {
    case 'GET':
      if (query.get('peekonly') === 'true') return 'peek';
      return answer.includes('<QueueMessage>') ? 'receive' : 'receive nothing';
    case 'POST':
      return 'put';
    case 'PUT':
      return 'update';
    default:
      return id === undefined ? 'clear' : 'delete';
  }
}

function tableKind({ method, body }: Exchange, resource: string): string {
  if (resource === '$batch') return `table ${/ https?:\/\/[^/\s]+\/[^/\s]+\/(\w+)/.exec(body)?.[1] ?? '?'} transaction`;
  const [, name = resource, keys] = /^(\w+)(\(.*\))?$/.exec(resource) ?? [];
  if (name === 'Tables') return `table service ${method}`;
  const one = keys !== undefined && keys !== '()';
  switch (method) {
    case 'POST':
      return `table ${name} insert`;
    case 'GET':
      return `table ${name} ${one ? 'get' : 'query'}`;
    case 'PUT':
      return `table ${name} replace`;
    case 'PATCH':
    case 'MERGE':
      return `table ${name} merge`;
    default:
      return `table ${name} delete`;
  }
}
