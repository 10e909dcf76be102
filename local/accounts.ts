import { type Environment, Settings, splitList } from '../shared/read-settings.ts';
import { AdminClient } from './accounts-command/admin-client.ts';
import { CommandError, exitCodes } from './accounts-command/command-error.ts';
import { type CommandLine, readCommandLine, usage, wrongUsage } from './accounts-command/command-line.ts';
import { commands } from './accounts-command/commands.ts';
import { ownerEnvironment } from './owner-environment.ts';
import { explain } from './run-until-signal.ts';

// npm run accounts: manages the accounts of a running gateway, on this machine or deployed, over its admin API.

try {
  process.exitCode = await run(readCommandLine(process.argv.slice(2)), ownerEnvironment());
} catch (error) {
  console.error(error instanceof CommandError ? error.message : explain(error));
  process.exitCode = error instanceof CommandError ? error.exitCode : exitCodes.refused;
}

async function run(line: CommandLine, environment: Environment): Promise<number> {
  const { command, options } = line;
  if (options.help === true) {
    console.log(usage);
    return exitCodes.done;
  }
  const perform = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (perform === undefined)
    throw wrongUsage(command === '' ? 'A command is missing.' : `There is no command ${command}.`);
  const key = options.key ?? splitList(environment.API_KEY)[0] ?? splitList(environment.API_KEYS)[0];
  if (key === undefined) throw wrongUsage('No admin key: give --key, or set API_KEY in the environment or .env.');
  const url = options.url ?? `http://127.0.0.1:${new Settings(environment).integer('PORT')}`;
  return perform({ ...line, client: new AdminClient(url, key), print: (text) => console.log(text) });
}
