import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { S3Error } from './s3-error.ts';
import type { FileDraft } from './stored-file.ts';

/** Bytes that S3 takes with one request. */
const longestBody = 5 * 1024 ** 3;

/**
 * Writes a request's body into a file as it comes.
 *
 * @param signedHash the SHA-256 that it must have, when the signature tells.
 * @returns the body's MD5 in hexadecimal.
 * @throws S3Error when the body is not what it should be; the network's error when it breaks off.
 */
export async function receiveBody(
  request: IncomingMessage,
  draft: FileDraft,
  signedHash: string | undefined,
): Promise<string> {
  const declared = Number(request.headers['content-length'] ?? Number.NaN);
  if (Number.isNaN(declared)) {
    throw new S3Error(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if (declared > longestBody) {
    throw new S3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  }
  if (signedHash !== undefined && !/^[0-9a-f]{64}$/.test(signedHash)) {
    throw new S3Error(501, 'NotImplemented', `This machine's store does not take bodies as ${signedHash}.`);
  }
  const md5 = createHash('md5');
  const sha256 = signedHash === undefined ? undefined : createHash('sha256');
  for await (const piece of request) {
    md5.update(piece);
    sha256?.update(piece);
    await draft.write(piece);
  }
  if (draft.size !== declared) {
    throw new S3Error(400, 'IncompleteBody', 'The body has not the length that Content-Length says.');
  }
  if (sha256 !== undefined && sha256.digest('hex') !== signedHash) {
    throw new S3Error(400, 'XAmzContentSHA256Mismatch', "The body's SHA-256 is not the one that was signed.");
  }
  return md5.digest('hex');
}
