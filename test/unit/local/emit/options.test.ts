import { EmitInputError, HELP, readOptions } from '../../../../infra/local/emit/options.ts';

it('takes files, samples and webhooks together, with what is not said filled in', () => {
  const options = readOptions(['a.json', '-', '--sample', 'x', '--sample', 'y', '--github', '7']);

  expect(options).toEqual({
    files: ['a.json', '-'],
    samples: ['x', 'y'],
    github: 7,
    account: undefined,
    count: 1,
    batch: 40,
    ids: 'fresh',
    input: 'checked',
    connection: undefined,
    queue: 'events',
    output: 'queue',
    catalogue: undefined,
  });
});

it('takes --help before anything else', () => {
  const options = readOptions(['--help', '--count', 'x']);

  expect(options).toBe('help');
});

it.each([
  ['nothing to send', [], 'Nothing to send'],
  ['an option it does not know', ['--wat'], "Unknown option '--wat'"],
  ['an option without its value', ['--sample'], '--sample'],
  ['a count of none', ['x', '--count', '0'], '--count takes a whole number from 1 on, not "0"'],
  ['half an event', ['x', '--batch', '1.5'], '--batch takes a whole number'],
  ['a number in words', ['--github', 'many'], '--github takes a whole number from 0 on'],
  ['raw samples', ['--raw', '--sample', 'x'], '--raw sends files as they are'],
])('refuses %s', (_case, args, message) => {
  const reading = () => readOptions(args);

  expect(reading).toThrow(EmitInputError);
  expect(reading).toThrow(message);
});

it('explains every option that it takes', () => {
  const names = [
    'sample',
    'github',
    'account',
    'count',
    'batch',
    'keep',
    'raw',
    'connection',
    'queue',
    'dry-run',
    'catalogue',
    'help',
  ];

  expect(names.filter((name) => !HELP.includes(`--${name}`))).toEqual([]);
});
