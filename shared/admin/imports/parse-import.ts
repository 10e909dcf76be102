import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import { type ReadEntry, readEntryObject, readEntryText } from './import-entry.ts';
import type { NamedEntry } from './import-rows.ts';

/** How many accounts one import takes: what a run of the state machine can do within its history. */
export const mostEntries = 1000;

/** The accounts of an import, and a sentence for each entry that is none. */
export interface ParsedImport {
  readonly entries: readonly NamedEntry[];
  /** Name entries by their place, never by their content. */
  readonly warnings: readonly string[];
}

/**
 * Reads accounts in any form that owners have them: a JSON list of texts or objects; `{ "accounts": [...] }`, which is
 * the gateway's own form; `{ "text": "..." }` with one of these, or lines of `email:password` or tokens, comma lists of
 * them, or lines of an environment file as `QWEN_TOKENS=...`.
 *
 * @param body parsed JSON.
 * @throws InvalidRequestError when there is no entry at all, or there are too many.
 */
export function parseImport(body: unknown): ParsedImport {
  const read = readBodyEntries(body);
  if (read.length === 0) throw new InvalidRequestError('There is no account in this body. Send accounts or text.');
  if (read.length > mostEntries) {
    throw new InvalidRequestError(`An import takes ${mostEntries} accounts; this one has ${read.length}. Send parts.`);
  }
  const entries = read.flatMap((one) => (one.type === 'entry' ? [one] : []));
  const warnings = read.flatMap((one, index) =>
    one.type === 'problem' ? [`Entry ${index + 1} was not taken. ${one.problem}`] : [],
  );
  return { entries, warnings };
}

function readBodyEntries(body: unknown): readonly ReadEntry[] {
  if (Array.isArray(body)) return body.map(readJsonEntry);
  if (typeof body !== 'object' || body === null) return [];
  if ('accounts' in body && Array.isArray(body.accounts)) return body.accounts.map(readJsonEntry);
  return 'text' in body && typeof body.text === 'string' ? readText(body.text) : [];
}

function readJsonEntry(given: unknown): ReadEntry {
  if (typeof given === 'string') return readEntryText(given);
  if (typeof given === 'object' && given !== null) return readEntryObject(given);
  return { type: 'problem', problem: 'It must be a text or an object.' };
}

function readText(text: string): readonly ReadEntry[] {
  const json = parseJson(text);
  if (json !== undefined) return readBodyEntries(json);
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap(readLine);
}

function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidRequestError('The text begins like JSON and is none.', { cause });
  }
}

/** A line is a comma list only when each part is an entry by itself: a password may hold commas. */
function readLine(line: string): readonly ReadEntry[] {
  const value = line.replace(/^(?:export\s+)?(?:QWEN_TOKENS?|ACCOUNTS)\s*=\s*/, '').replace(/^(["'])(.*)\1$/, '$2');
  const parts = value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readEntryText);
  return parts.every(({ type }) => type === 'entry') ? parts : [readEntryText(value)];
}
