import { parseArgs } from 'node:util';
import { CommandError, exitCodes } from './command-error.ts';

export const usage = `Usage: npm run accounts -- COMMAND [OPTIONS]

  list                         all accounts, secrets masked
  add                          one account: --token-file F | --cookie-file F | --email E --password-file F
                               and, if wanted, --label L, --proxy-url-file F
  relogin ID                   a new token: by itself, or from --token-file, --cookie-file or --password-file
  remove ID                    deletes the account and its secrets
  import FILE                  many at once: JSON, lines of email:password or tokens, comma lists, QWEN_TOKENS=...
                               --concurrency N   --detach (only start it)   --follow IMPORT (instead of FILE)
  test ID                      asks the site whether it accepts the account
  refresh ID | --all           renews tokens now
  disable ID, enable ID, drain ID
  audit                        the newest acts   --verify checks the whole log   --limit N

Options for all: --url URL (http://127.0.0.1:$PORT by default), --key KEY (API_KEY by default).
A file named - is standard input. Secrets are never taken from the command line.

Exit codes: 0 done, 1 refused, 2 wrong usage, 3 gateway not reached, 4 partly failed.`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** A command as it was typed. */
export type CommandLine = ReturnType<typeof parse>;

/** @throws CommandError when it can't be understood. */
export function readCommandLine(words: readonly string[]): CommandLine {
  try {
    return parse(words);
  } catch (cause) {
    throw wrongUsage(cause instanceof Error ? cause.message : String(cause));
  }
}

export function wrongUsage(problem: string): CommandError {
  return new CommandError(`${problem}\n\n${usage}`, exitCodes.usage);
}

function parse(words: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      url: text,
      key: text,
      email: text,
      label: text,
      'token-file': text,
      'cookie-file': text,
      'password-file': text,
      'proxy-url-file': text,
      concurrency: text,
      follow: text,
      limit: text,
      detach: flag,
      all: flag,
      verify: flag,
      help: flag,
    },
  });
  const [command = '', subject, ...rest] = positionals;
  if (rest.length > 0) throw new Error(`${rest.join(' ')} is too much.`);
  return { command, subject, options: values };
}
