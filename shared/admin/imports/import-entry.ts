import { type AccountInput, readAccountInput } from '../../accounts/add-account.ts';
import { InvalidRequestError } from '../../chat/errors/request-errors.ts';

const names = ['token', 'cookie', 'email', 'password', 'refreshToken', 'proxyUrl', 'label'] as const;

/** The entry with its name for the owner's eyes, or a sentence that says what it lacks, without repeating any of it. */
export type ReadEntry =
  | { readonly type: 'entry'; readonly entry: AccountInput; readonly name: string }
  | { readonly type: 'problem'; readonly problem: string };

/** Picks the fields of an account out of an object; other fields are ignored. @throws InvalidRequestError */
export function pickAccountInput(given: object): AccountInput {
  const fields = new Map<string, unknown>(Object.entries(given));
  const entry: { -readonly [Name in keyof AccountInput]: string } = {};
  for (const name of names) {
    const value = fields.get(name) ?? undefined;
    if (value === undefined || value === '') continue;
    if (typeof value !== 'string') throw new InvalidRequestError(`${name} must be a text.`, { param: name });
    entry[name] = value;
  }
  return entry;
}

/** Reads an entry in its JSON form. */
export function readEntryObject(given: object): ReadEntry {
  return check(() => pickAccountInput(given));
}

/** Reads an entry in its text form: `email:password`, or a token. */
export function readEntryText(text: string): ReadEntry {
  const trimmed = text.trim().replace(/^(["'])(.*)\1$/, '$2');
  const [, email, password] = /^([^\s@:]+@[^\s@:]+):(.+)$/s.exec(trimmed) ?? [];
  return check(() => (email === undefined || password === undefined ? { token: trimmed } : { email, password }));
}

function check(read: () => AccountInput): ReadEntry {
  try {
    const entry = read();
    return { type: 'entry', entry, name: readAccountInput(entry).label };
  } catch (error) {
    if (error instanceof InvalidRequestError) return { type: 'problem', problem: error.message };
    throw error;
  }
}
