#!/usr/bin/env node
// esbuild keeps the line above as the first of dist/cli.js, which npm links as `tollgate`.
import { ChannelError } from '../shared/channel.ts';
import { accessCommands } from './access.ts';
import { apiCommand } from './api.ts';
import type { Command } from './command.ts';
import { caCommand } from './ca.ts';
import { diagnoseCommand } from './diagnose.ts';
import { doctorCommand } from './doctor.ts';
import { envCommand } from './env.ts';
import { exportCommand } from './export.ts';
import { helpText } from './help.ts';
import { logCommand } from './log.ts';
import { cacheCommand } from './cache.ts';
import { modelsCommand } from './models.ts';
import { routesCommand } from './routes.ts';
import { say, settleOutput } from './output.ts';
import { parseCommandLine } from './parseCommandLine.ts';
import { promptCommand } from './prompt.ts';
import { runCommand } from './run.ts';
import { serveCommand } from './serve.ts';
import { sessionCommand } from './session.ts';
import { showCommand } from './show.ts';
import { trendsCommand } from './trends.ts';
import { troubleshootCommand } from './troubleshoot.ts';
import { CommandFailure, UsageError } from './usageError.ts';
import { verifyCommand } from './verify.ts';
import { version } from './version.ts';

const commands: readonly Command[] = [
  serveCommand,
  runCommand,
  diagnoseCommand,
  logCommand,
  showCommand,
  exportCommand,
  trendsCommand,
  sessionCommand,
  verifyCommand,
  apiCommand,
  modelsCommand,
  routesCommand,
  cacheCommand,
  promptCommand,
  troubleshootCommand,
  doctorCommand,
  envCommand,
  caCommand,
  ...accessCommands,
];

async function main(args: readonly string[]): Promise<number> {
  try {
    const invocation = parseCommandLine(args, commands);
    switch (invocation.kind) {
      case 'version':
        process.stdout.write(`tollgate ${version()}\n`);
        return 0;
      case 'help':
        process.stdout.write(invocation.command?.help ?? helpText(commands));
        return args.length === 0 ? 2 : 0;
      case 'run':
        return await invocation.command.run(invocation.options, invocation.operands);
    }
  } catch (error) {
    return failed(error, args);
  }
}

function failed(error: unknown, args: readonly string[]): number {
  if (error instanceof UsageError) {
    const command = commands.find(({ name }) => name === args[0]);
    say(`${error.message} See "tollgate ${command === undefined ? 'help' : `${command.name} --help`}".`);
    return 2;
  }
  if (error instanceof CommandFailure || error instanceof ChannelError) say(error.message);
  else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}

const code = await main(process.argv.slice(2));
await settleOutput();
process.exit(code);
