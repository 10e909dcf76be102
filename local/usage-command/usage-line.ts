import { commandWords } from '../command/command-line.ts';

const text = { type: 'string' } as const;

/** What `npm run usage` can be told. */
export const usageWords = commandWords(
  `Usage: npm run usage -- show [OPTIONS]

  show                         what was used, in the last 30 days and by day unless said otherwise

Options:
  --from DAY, --to DAY         as 2027-01-31; both are part of it
  --by day,model,key,account   what is told apart; an empty text ('') for one sum
  --model M, --key-id ID       only this model, or the key with this id
  --account ID                 only this account
  --csv                        as CSV, for spreadsheets

Options for all: --url URL (http://127.0.0.1:$PORT by default), --key KEY (API_KEY by default).

Exit codes: 0 done, 1 refused, 2 wrong usage, 3 gateway not reached.`,
  { from: text, to: text, by: text, model: text, 'key-id': text, account: text, csv: { type: 'boolean' } },
);

/** A command as it was typed. */
export type UsageLine = ReturnType<typeof usageWords.read>;
