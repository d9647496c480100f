import assert from 'node:assert/strict';
import type { Command } from '../../src/cli/command.ts';
import { parseCommandLine } from '../../src/cli/parseCommandLine.ts';
import { UsageError } from '../../src/cli/usageError.ts';

const command = (name: string, operands: number): Command => ({
  name,
  summary: '',
  help: `${name} help`,
  options: { port: { type: 'string' }, json: { type: 'boolean' } },
  operands,
  run: () => Promise.resolve(0),
});
const serve = command('serve', 0);
const run = command('run', -1);
const diagnose = command('diagnose', 1);
const parse = (...args: string[]) => parseCommandLine(args, [serve, run, diagnose]);

function refuses(message: RegExp, ...args: string[]): void {
  assert.throws(
    () => parse(...args),
    (error) => error instanceof UsageError && message.test(error.message),
  );
}

describe('the command line', () => {
  it('reads options and operands', () => {
    const { options, operands } = asRun(parse('diagnose', '--json', 'file.jsonl', '--port=1'));
    assert.deepEqual({ ...options }, { json: true, port: '1' });
    assert.deepEqual(operands, ['file.jsonl']);
    assert.deepEqual(asRun(parse('diagnose', '-')).operands, ['-']);
  });

  it('leaves everything after -- to the command, options included', () => {
    const { options, operands } = asRun(parse('run', '--port', '2', '--', 'node', '--help', '--', '-x'));
    assert.deepEqual({ ...options }, { port: '2' });
    assert.deepEqual(operands, ['node', '--help', '--', '-x']);
  });

  it('helps', () => {
    for (const args of [[], ['--help'], ['-h'], ['help']])
      assert.deepEqual(parse(...args), { kind: 'help', command: null });
    for (const args of [
      ['serve', '--help'],
      ['serve', '--nonsense', '-h'],
      ['help', 'serve'],
    ])
      assert.deepEqual(parse(...args), { kind: 'help', command: serve });
    assert.deepEqual(parse('--version'), { kind: 'version' });
  });

  it('says what is wrong', () => {
    refuses(/no command "sevre".*serve, run, diagnose/, 'sevre');
    refuses(/no option "--port"/, '--port', '1');
    refuses(/^Unknown option '--prot'\.$/, 'serve', '--prot', '1');
    refuses(/argument missing/, 'serve', '--port');
    refuses(/one argument too many: "b"/, 'diagnose', 'a', 'b');
    refuses(/one argument too many: "x"/, 'serve', 'x');
    refuses(/"npm" stands before "--"/, 'run', 'npm', 'test');
  });
});

function asRun(invocation: ReturnType<typeof parse>) {
  assert.ok(invocation.kind === 'run');
  return invocation;
}
