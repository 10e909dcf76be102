import { commandWords } from '../command/command-line.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** What `npm run backup` can be told. */
export const backupWords = commandWords(
  `Usage: npm run backup -- COMMAND [OPTIONS]

  export > FILE                settings, aliases, keys and accounts, without secrets
    --secrets                  with secrets, encrypted with a passphrase
    --usage                    with the usage of each day
    --accounts N --after ID    a part of the accounts, for files that are too large
  import FILE                  an export, data.json, tokens.json, a .env, or lines of keys, tokens or email:password
    --preview                  only says what would become of it
    --only-new                 leaves everything as it is that is there
    --admins                   keys may become admin keys

Options for all: --url URL (http://127.0.0.1:$PORT by default), --key KEY (API_KEY by default).
A file named - is standard input. The passphrase is asked for, or read from the environment's BACKUP_PASSPHRASE.

Exit codes: 0 done, 1 refused, 2 wrong usage, 3 gateway not reached, 4 partly failed.`,
  {
    secrets: flag,
    usage: flag,
    accounts: text,
    after: text,
    preview: flag,
    'only-new': flag,
    admins: flag,
  },
);

/** A command as it was typed. */
export type BackupLine = ReturnType<typeof backupWords.read>;
