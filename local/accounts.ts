import type { Environment } from '../shared/read-settings.ts';
import { exitCodes } from './accounts-command/command-error.ts';
import { type CommandLine, readCommandLine, usage, wrongUsage } from './accounts-command/command-line.ts';
import { commands } from './accounts-command/commands.ts';
import { openAdminClient } from './accounts-command/open-admin-client.ts';
import { runCommand } from './accounts-command/run-command.ts';
import { ownerEnvironment } from './owner-environment.ts';

// npm run accounts: manages the accounts of a running gateway, on this machine or deployed, over its admin API.

await runCommand(async () => run(readCommandLine(process.argv.slice(2)), ownerEnvironment()));

async function run(line: CommandLine, environment: Environment): Promise<number> {
  const { command, options } = line;
  if (options.help === true) {
    console.log(usage);
    return exitCodes.done;
  }
  const perform = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (perform === undefined)
    throw wrongUsage(command === '' ? 'A command is missing.' : `There is no command ${command}.`);
  return perform({ ...line, client: openAdminClient(options, environment), print: (text) => console.log(text) });
}
