import { type Incoming, nothing } from '../incoming.ts';
import { accountOfText } from './account-text.ts';
import { readAccounts } from './read-accounts.ts';
import { readKeys } from './read-keys.ts';

/** What a line is: an address with a password, a token (a JWT, which begins so), or else a gateway key. */
const accountLine = /^[^\s@:]+@[^\s@:]+:.|^["']?eyJ[\w-]+\.[\w-]+\./;

/**
 * Reads lines: the old key file `Authorization.txt`, where each line is a gateway key and lines with `#` are none, and
 * lists of tokens or of `email:password`, mixed or not. A line of tokens may be a comma list.
 */
export function readLines(text: string): Incoming {
  const lines = text
    .split(/\r?\n/)
    .map((line, index) => ({ name: `line ${index + 1}`, line: line.trim() }))
    .filter(({ line }) => line !== '' && !line.startsWith('#'));
  const accounts = lines.filter(({ line }) => accountLine.test(line)).flatMap(accountsOfLine);
  const keys = lines.filter(({ line }) => !accountLine.test(line)).map(({ name, line }) => ({ name, key: line }));
  return { ...nothing, format: 'lines', ...readAccounts(accounts), keys: readKeys(keys) };
}

/** A line is a list only when each part is an account by itself: a password may hold commas. */
function accountsOfLine({ name, line }: { readonly name: string; readonly line: string }) {
  const parts = line.split(',').map((part) => part.trim());
  const texts = parts.every((part) => accountLine.test(part)) ? parts : [line];
  return texts.map((text) => ({ name, read: () => accountOfText(text) }));
}
