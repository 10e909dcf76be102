import type { Environment } from '../../shared/read-settings.ts';
import type { AdminClient } from './admin-client.ts';
import { exitCodes } from './command-error.ts';
import type { CommandLine, CommandWords } from './command-line.ts';
import { openAdminClient } from './open-admin-client.ts';
import { runCommand } from './run-command.ts';

/** A command as it was typed, and what it works with. */
export type CommandContext<Line> = Line & {
  readonly client: AdminClient;
  readonly print: (line: string) => void;
};

/** @returns the exit code. @throws CommandError */
export type Command<Line> = (context: CommandContext<Line>) => Promise<number>;

/** Runs the one command that this process was started with; its end tells the process what to end with. */
export function runCommands<Line extends CommandLine>(
  words: CommandWords<Line>,
  commands: Readonly<Record<string, Command<Line>>>,
  environment: () => Environment,
): Promise<void> {
  return runCommand(async () => {
    const line = words.read(process.argv.slice(2));
    const { command, options } = line;
    if (options.help === true) {
      console.log(words.usage);
      return exitCodes.done;
    }
    const perform = Object.hasOwn(commands, command) ? commands[command] : undefined;
    if (perform === undefined)
      throw words.wrong(command === '' ? 'A command is missing.' : `There is no command ${command}.`);
    return perform({ ...line, client: openAdminClient(options, environment()), print: (text) => console.log(text) });
  });
}
