import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import { exportFormat } from './export-document.ts';
import type { Incoming } from './incoming.ts';
import { readOwnExport } from './read-own-export.ts';
import { readAccountList } from './sources/read-account-list.ts';
import { readData } from './sources/read-data.ts';
import { readEnvironment } from './sources/read-environment.ts';
import { readLines } from './sources/read-lines.ts';

/**
 * Reads a document of any form that is known, told by its shape: an export of a gateway, `data.json`, a registry of tokens,
 * a list of accounts, the text of a `.env`, or lines of keys, tokens and accounts. A text may hold any of them.
 *
 * @param document parsed JSON.
 * @throws InvalidRequestError, ExportUnreadableError
 */
export async function readDocument(document: unknown, passphrase: string | undefined): Promise<Incoming> {
  if (typeof document === 'string') return readText(document, passphrase);
  if (Array.isArray(document)) return readAccountList(document);
  if (typeof document === 'object' && document !== null) {
    if ('format' in document && document.format === exportFormat) return readOwnExport(document, passphrase);
    if ('accounts' in document || 'settings' in document || 'apiKeys' in document) return readData(document);
  }
  throw unknownForm();
}

function readText(text: string, passphrase: string | undefined): Incoming | Promise<Incoming> {
  if (text.trim() === '') throw unknownForm();
  if (/^\s*[[{]/.test(text)) return readDocument(parse(text), passphrase);
  return /^\s*(?:export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=/m.test(text) ? readEnvironment(text) : readLines(text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidRequestError('The document begins like JSON and is none.', { param: 'document', cause });
  }
}

function unknownForm(): InvalidRequestError {
  return new InvalidRequestError(
    'This is no form that can be imported. There are exports of a gateway, data.json, tokens.json, .env files, and lines of keys, tokens or email:password.',
    { param: 'document' },
  );
}
