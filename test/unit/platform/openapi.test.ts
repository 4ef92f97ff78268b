import { type Operation, openApiDocument } from '../../../shared/platform/openapi.ts';

const RESUME: Operation = {
  method: 'post',
  path: '/api/subscriptions/{id}/resume',
  id: 'resume',
  summary: 'Resumes it',
  answer: { status: 200 },
  refusals: [404],
  ifMatch: 'optional',
};

/** The one operation of a document. */
function described(operation: Operation) {
  const { paths } = openApiDocument({ title: 't', version: '1', url: 'https://t.example', operations: [operation] });
  return paths[operation.path]?.[operation.method] as {
    readonly parameters: readonly { readonly name: string; readonly schema: { readonly pattern?: string } }[];
    readonly responses: Readonly<Record<string, unknown>>;
  };
}

describe('an operation that takes If-Match', () => {
  it('says that it answers 400 to what is no ETag', () => {
    expect(Object.keys(described(RESUME).responses)).toEqual(['200', '400', '401', '404']);
  });

  it('may come with nothing in it where it may be missing, and only there', () => {
    const header = described({ ...RESUME, ifMatch: 'optional' }).parameters.find(({ name }) => name === 'If-Match');
    const needed = described({ ...RESUME, ifMatch: 'required' }).parameters.find(({ name }) => name === 'If-Match');

    expect(new RegExp(header?.schema.pattern ?? 'none').test('')).toBe(true);
    expect(new RegExp(needed?.schema.pattern ?? 'none').test('')).toBe(false);
  });

  it.each([
    ['"3"', true],
    ['*', true],
    ['W/"3"', false],
    ['3', false],
  ])('says whether %j is one', (value, isOne) => {
    const header = described(RESUME).parameters.find(({ name }) => name === 'If-Match');

    expect(new RegExp(header?.schema.pattern ?? 'none').test(value)).toBe(isOne);
  });
});
