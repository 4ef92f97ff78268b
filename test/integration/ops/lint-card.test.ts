import { createOps } from '../../../infra/ops/create-ops.ts';

const CARDS = 'test/fixtures/messagecards';

async function run(args: readonly string[], stdin = '') {
  const said = { out: '', err: '' };
  const ops = createOps({
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    stdin: (async function* () {
      yield stdin;
    })(),
  });
  const exitCode = await ops(args).catch((error: { exitCode: number }) => error.exitCode);
  return { ...said, exitCode, lines: said.out.split('\n').filter(Boolean) };
}

describe('lint-card', () => {
  it('prints a line for each finding of a bad card, and exits with 1', async () => {
    const { lines, exitCode } = await run(['lint-card', `${CARDS}/21-docs-teams-html-formatting.json`]);

    expect(exitCode).toBe(1);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.every((line) => /^(error|warning) {2}\S+: .+ \[[a-z-]+\]$/.test(line))).toBe(true);
  });

  it('exits with 0 where there are only warnings', async () => {
    const { lines, exitCode } = await run(['lint-card', `${CARDS}/22-docs-text-only.json`]);

    expect(exitCode).toBe(0);
    expect(lines.every((line) => line.startsWith('warning'))).toBe(true);
    expect(lines.length).toBeGreaterThan(0);
  });

  it('prints the findings as JSON', async () => {
    const { out } = await run(['lint-card', '--json', `${CARDS}/21-docs-teams-html-formatting.json`]);

    expect(JSON.parse(out)).toContainEqual(
      expect.objectContaining({ level: 'error', rule: expect.any(String), path: expect.any(String) }),
    );
  });

  it('reads standard input', async () => {
    const { lines, exitCode } = await run(['lint-card', '-'], '{"@type":"MessageCard"}');

    expect(exitCode).toBe(1);
    expect(lines[0]).toContain('error');
  });

  it.each([
    ['a file that is not there', ['lint-card', 'nothing.json'], 'nothing.json: cannot be read'],
    ['a file that is no JSON', ['lint-card', 'README.md'], 'README.md: is not JSON'],
  ])('says what is wrong with %s, and exits with 2', async (_, args, expected) => {
    const { err, out, exitCode } = await run(args);

    expect(exitCode).toBe(2);
    expect(err).toContain(expected);
    expect(out).toBe('');
  });

  it('says how it is called when it is called wrongly', async () => {
    const { err, exitCode } = await run(['lint-card']);

    expect(exitCode).not.toBe(0);
    expect(err).toContain("missing required argument 'file'");
  });
});
