import { randomUUID } from 'node:crypto';
import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import type { AccountFiles } from '../files/account-files.ts';
import { describeFile } from '../files/describe-file.ts';
import { megabytes } from '../files/limits.ts';
import { invalidMedia } from '../files/media-errors.ts';
import type { RouteHandler } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';
import { MultipartBody } from '../http/multipart-body.ts';
import { type FormFile, readForm } from '../http/read-form.ts';
import type { CallerMeans } from '../relay/caller-means.ts';
import type { FileRows } from '../stored-files/file-rows.ts';
import { newFileId } from '../stored-files/stored-ids.ts';
import { FileTooLargeError } from '../stored-files/upload-errors.ts';
import { refuseBroughtTokens } from './refuse-brought-tokens.ts';

/** Milliseconds for all attempts together; the function itself has a little more. */
const uploadLimit = 100_000;
/** Bytes of a form: Lambda takes 6 MB of base64. */
const formLimit = 4_500_000;

export interface UploadFileOptions {
  readonly means: CallerMeans;
  readonly files: AccountFiles;
  readonly rows: FileRows;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * `POST /api/files/upload`: a form with a `file`, which goes into an account's storage. The answer's `imageUrl` can stand
 * in messages to any account, its `id` in messages to the account that has the file.
 */
export function createUploadFile({ means, files, rows, now }: UploadFileOptions): RouteHandler {
  return async ({ body, caller, requestId }) => {
    refuseBroughtTokens(caller);
    const { name: given, bytes } = await readFile(body);
    const file = describeFile(bytes, { mediaType: '', name: given }, 'file');
    const signal = AbortSignal.timeout(uploadLimit);
    const { attempts, upstream } = means.of(caller, randomUUID);
    const { accountId, uploaded } = await attempts.run({ requestId, signal, errand: true }, async (lease) => {
      const { accountId: id, credentials } = lease;
      return { accountId: id, uploaded: await files.hold(file, { accountId: id, credentials }, upstream, signal) };
    });
    const { name, mediaType, kind } = file;
    const { reference, usableUntil } = uploaded;
    const createdAt = now();
    const id = newFileId(createdAt);
    await rows.create(caller.id, {
      ...{ id, name, mediaType, bytes: bytes.length, sha256: file.hash, purpose: 'user_data', status: 'uploaded' },
      ...{ createdAt, expiresAt: usableUntil, place: { type: 'account', accountId, reference } },
    });
    const fileUrl = upstream.addressOf(reference);
    const isPicture = kind === 'image';
    return jsonResponse({
      ...{ id, imageUrl: isPicture ? fileUrl : null, fileUrl, name, size: bytes.length, type: mediaType },
      expires_at: Math.floor(usableUntil / 1000),
    });
  };
}

/** @throws InvalidRequestError, FileTooLargeError */
async function readFile(body: unknown): Promise<FormFile> {
  if (!(body instanceof MultipartBody)) {
    throw new InvalidRequestError("Send a form (multipart/form-data) with the field 'file'.", { param: 'file' });
  }
  if (body.bytes.length > formLimit) {
    throw new FileTooLargeError(
      `This route takes forms of ${megabytes(formLimit)}, and this one has ${megabytes(body.bytes.length)}. ` +
        'Ask POST /api/files/sign for a signature, and send the file straight to the storage.',
      { param: 'file' },
    );
  }
  const { files } = await readForm(body);
  const [first, ...others] = files.filter(([field]) => field === 'file');
  if (first === undefined) throw invalidMedia('file', 'is missing: the form holds no such file.');
  if (others.length > 0) throw invalidMedia('file', 'is there more than once: send one file with each request.');
  return first[1];
}
