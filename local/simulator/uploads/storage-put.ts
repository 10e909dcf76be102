import { cookieValue } from '../accounts/credentials.ts';
import type { Exchange } from '../http/exchange.ts';
import type { SimulatorState } from '../state.ts';
import type { StoredFile } from './file-book.ts';
import type { Content } from './read-content.ts';
import { keyOf, storageCredentials } from './storage-credentials.ts';
import { StorageError, sendStorageError } from './storage-error.ts';
import { checkSignature } from './storage-signature.ts';

/** Milliseconds between the storage's clock and a signature. */
const longestSkew = 15 * 60_000;

/** Takes an object when everything is as it was signed (qwen-web §6.2). */
export function putObject(exchange: Exchange, state: SimulatorState): void {
  const { headers } = exchange.request;
  if (cookieValue(headers.cookie, 'token') !== undefined || headers.authorization?.startsWith('Bearer ') === true) {
    state.violations.push({ kind: 'credentials-to-storage', detail: exchange.path });
  }
  try {
    const { file, content } = accept(exchange, state);
    if (content.size !== file.size) {
      state.violations.push({ kind: 'wrong-file-size', detail: `${file.size} announced, ${content.size} sent` });
    }
    state.files.update({ ...file, content, contentType: headers['content-type'] });
    exchange.send(200, 'application/xml', '', { etag: `"${file.id}"`, 'content-md5': content.md5 });
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    sendStorageError(exchange, error);
  }
}

/** @throws StorageError */
function accept(exchange: Exchange, state: SimulatorState): { readonly file: StoredFile; readonly content: Content } {
  const { headers } = exchange.request;
  const { content } = exchange;
  const key = keyOf(exchange.parameters.path ?? '');
  const file = state.files.findByPath(key);
  if (file === undefined || content === undefined) {
    throw new StorageError(404, 'NoSuchKey', 'Nothing was announced under this path.');
  }
  suffer(exchange);
  if (headers['x-oss-security-token'] !== storageCredentials.securityToken) {
    throw new StorageError(403, 'InvalidAccessKeyId', 'The security token is missing or wrong.');
  }
  const signedAt = checkSignature(headers, key);
  if (!(Math.abs(Date.now() - signedAt) <= longestSkew)) {
    throw new StorageError(403, 'RequestTimeTooSkewed', 'The time of the request is too far from the current time.');
  }
  const digest = headers['content-md5'];
  if (digest !== undefined && digest !== content.md5) {
    throw new StorageError(400, 'InvalidDigest', 'The Content-MD5 you specified is not that of the body.');
  }
  return { file, content };
}

/** @throws StorageError as the fault says. */
function suffer({ fault, request }: Exchange): void {
  switch (fault?.fault) {
    case 'storage-denied':
      throw new StorageError(403, 'SecurityTokenExpired', 'The security token you provided has expired.');
    case 'storage-failed':
      throw new StorageError(500, 'InternalError', 'Please contact the server administrator.');
    case 'storage-older':
      if (request.headers.authorization?.startsWith('OSS4-') !== true) return;
      throw new StorageError(400, 'InvalidArgument', 'The authorization header is malformed.');
    default:
  }
}
