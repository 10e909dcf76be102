import type { Environment } from '../shared/read-settings.ts';
import { exitCodes } from './accounts-command/command-error.ts';
import { openAdminClient } from './accounts-command/open-admin-client.ts';
import { runCommand } from './accounts-command/run-command.ts';
import { keyCommands } from './keys-command/key-commands.ts';
import { type KeyLine, readKeyLine, usage, wrongUsage } from './keys-command/key-line.ts';
import { ownerEnvironment } from './owner-environment.ts';

// npm run keys: manages the gateway keys of a running gateway, on this machine or deployed, over its admin API.

await runCommand(async () => run(readKeyLine(process.argv.slice(2)), ownerEnvironment()));

async function run(line: KeyLine, environment: Environment): Promise<number> {
  const { command, options } = line;
  if (options.help === true) {
    console.log(usage);
    return exitCodes.done;
  }
  const perform = Object.hasOwn(keyCommands, command) ? keyCommands[command] : undefined;
  if (perform === undefined)
    throw wrongUsage(command === '' ? 'A command is missing.' : `There is no command ${command}.`);
  return perform({ ...line, client: openAdminClient(options, environment), print: (text) => console.log(text) });
}
