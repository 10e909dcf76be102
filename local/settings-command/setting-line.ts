import { commandWords } from '../command/command-line.ts';

const flag = { type: 'boolean' } as const;

/** What `npm run settings` can be told. */
export const settingWords = commandWords(
  `Usage: npm run settings -- COMMAND [OPTIONS]

  list                         what counts, and where it comes from
  set NAME=VALUE               goes before the environment from now on; an empty value is the default
  unset NAME                   lets the environment or the default count again
  history                      the changes, newest first
  undo VERSION                 puts back what that change has replaced

Options of list: --live        only what was set on the running gateway.

Options for all: --url URL (http://127.0.0.1:$PORT by default), --key KEY (API_KEY by default).

Exit codes: 0 done, 1 refused, 2 wrong usage, 3 gateway not reached.`,
  { live: flag },
);

/** A command as it was typed. */
export type SettingLine = ReturnType<typeof settingWords.read>;
