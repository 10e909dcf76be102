import { parseArgs } from 'node:util';
import { CommandError, exitCodes } from './command-error.ts';

/** The options that every program of this kind takes. */
const common = { url: { type: 'string' }, key: { type: 'string' }, help: { type: 'boolean' } } as const;

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

type Values<Given extends Options> = {
  readonly [Name in keyof Given]?: Given[Name]['type'] extends 'boolean' ? boolean : string;
};

/** A command as it was typed: `COMMAND [SUBJECT] [OPTIONS]`. */
export interface CommandLine<Given extends Options = Record<never, never>> {
  readonly command: string;
  readonly subject: string | undefined;
  readonly options: Values<Given> & Values<typeof common>;
}

/** What one program can be told. */
export interface CommandWords<Line> {
  readonly usage: string;
  /** @throws CommandError when the words can't be understood. */
  readonly read: (words: readonly string[]) => Line;
  /** @returns an error that shows how it is done. */
  readonly wrong: (problem: string) => CommandError;
}

/**
 * Describes the command line of a program.
 *
 * @param options beside `--url`, `--key` and `--help`.
 */
export function commandWords<const Given extends Options>(
  usage: string,
  options: Given,
): CommandWords<CommandLine<Given>> {
  const wrong = (problem: string) => new CommandError(`${problem}\n\n${usage}`, exitCodes.usage);
  const read = (words: readonly string[]): CommandLine<Given> => {
    try {
      return parse(words, { ...options, ...common });
    } catch (cause) {
      throw wrong(cause instanceof Error ? cause.message : String(cause));
    }
  };
  return { usage, wrong, read };
}

function parse<Known extends Options>(words: readonly string[], options: Known) {
  const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options });
  const [command = '', subject, ...rest] = positionals;
  if (rest.length > 0) throw new Error(`${rest.join(' ')} is too much.`);
  return { command, subject, options: values };
}
