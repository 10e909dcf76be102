import { commandWords } from '../command/command-line.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** What `npm run accounts` can be told. */
export const accountWords = commandWords(
  `Usage: npm run accounts -- COMMAND [OPTIONS]

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

Exit codes: 0 done, 1 refused, 2 wrong usage, 3 gateway not reached, 4 partly failed.`,
  {
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
  },
);

/** A command as it was typed. */
export type AccountLine = ReturnType<typeof accountWords.read>;
