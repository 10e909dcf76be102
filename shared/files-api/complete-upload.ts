import { createHash } from 'node:crypto';
import type { ObjectReader } from '../objects/object-reader.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { fileObjectKey } from '../stored-files/file-object-key.ts';
import type { FileRows } from '../stored-files/file-rows.ts';
import type { PartedUpload, UploadPart } from '../stored-files/parted-upload.ts';
import type { PartedUploads } from '../stored-files/parted-uploads.ts';
import type { StoredFile } from '../stored-files/stored-file.ts';
import { UploadMismatchError, UploadStateError } from '../stored-files/upload-errors.ts';
import { JoinedParts } from './joined-parts.ts';
import { partKey } from './part-key.ts';
import { endOfFile } from './read-expiry.ts';
import type { Completion } from './read-upload-body.ts';

export interface UploadCompletionOptions {
  readonly uploads: PartedUploads;
  readonly rows: FileRows;
  readonly objects: Pick<ObjectStore, 'putStream' | 'delete'>;
  readonly reader: Pick<ObjectReader, 'open'>;
  /** Days that the bucket keeps files. */
  readonly keepDays: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** An upload as it is after its end. */
export interface CompletedUpload {
  readonly upload: PartedUpload;
  /** `undefined` when it was deleted since. */
  readonly file: StoredFile | undefined;
}

/**
 * Makes files of uploads. Every step may be done again, by a client that tries once more or by two at once: first the
 * object, under a key that the order of the parts is in, then the end of the upload, whose one winner decides, then the
 * file's row. Until the end nobody sees anything of the file, and a wrong checksum leaves no object.
 */
export class UploadCompletion {
  readonly #options: UploadCompletionOptions;

  constructor(options: UploadCompletionOptions) {
    this.#options = options;
  }

  /**
   * @param upload as it was read.
   * @throws UploadMismatchError when the parts do not make the file; UploadStateError when the upload is over, or was
   *   completed in another order; StoreUnavailableError, ObjectStoreUnavailableError
   */
  async complete(
    callerId: string,
    upload: PartedUpload,
    completion: Completion,
    signal: AbortSignal,
  ): Promise<CompletedUpload> {
    const { uploads, objects } = this.#options;
    const fingerprint = createHash('sha256').update(JSON.stringify(completion.partIds)).digest('hex');
    const known = await this.#finish(callerId, upload, fingerprint);
    if (known !== undefined) return known;
    const parts = orderParts(upload, await uploads.parts(callerId, upload.id), completion.partIds);
    const key = `${fileObjectKey(callerId, upload.fileId)}-${fingerprint.slice(0, 16)}`;
    const keyOf = (partId: string) => partKey(callerId, upload.id, partId);
    const joined = new JoinedParts({ objects: this.#options.reader, parts, keyOf, md5: completion.md5, signal });
    await objects.putStream(key, joined, { mediaType: upload.mediaType, signal, limit: upload.bytes });
    const outcome = { key, sha256: joined.sha256, fingerprint, completedAt: this.#options.now() };
    const isFirst = await uploads.complete(callerId, upload.id, outcome);
    const ended = isFirst
      ? { ...upload, status: 'completed' as const, outcome }
      : ((await uploads.find(callerId, upload.id)) ?? upload);
    if (ended.outcome?.fingerprint !== fingerprint) await objects.delete(key);
    const finished = await this.#finish(callerId, ended, fingerprint);
    if (finished === undefined)
      throw new UploadStateError('The upload is being changed by another request. Try again.');
    return finished;
  }

  /** What is left to do of an upload that is over. @returns `undefined` when it is not. */
  async #finish(callerId: string, upload: PartedUpload, fingerprint: string): Promise<CompletedUpload | undefined> {
    const { rows, keepDays } = this.#options;
    const { status, outcome } = upload;
    if (status === 'cancelled') throw new UploadStateError('The upload was cancelled. Begin a new one.');
    if (outcome === undefined) return undefined;
    if (outcome.fingerprint !== fingerprint) {
      throw new UploadStateError('The upload was completed with other parts, or in another order.', {
        param: 'part_ids',
      });
    }
    const { completedAt: createdAt } = outcome;
    await rows.create(callerId, {
      id: upload.fileId,
      name: upload.name,
      bytes: upload.bytes,
      purpose: upload.purpose,
      mediaType: upload.mediaType,
      sha256: outcome.sha256,
      createdAt,
      expiresAt: endOfFile(createdAt, upload.lifetime, keepDays),
      status: 'uploaded',
      place: { type: 'bucket', key: outcome.key },
    });
    return { upload, file: await rows.find(callerId, upload.fileId) };
  }
}

/** @throws UploadMismatchError */
function orderParts(
  { bytes }: PartedUpload,
  come: readonly UploadPart[],
  partIds: readonly string[],
): readonly UploadPart[] {
  const byId = new Map(come.map((part) => [part.id, part]));
  const parts = partIds.map((id, index) => {
    const part = byId.get(id);
    if (part !== undefined) return part;
    const param = `part_ids[${index}]`;
    throw new UploadMismatchError(`'${param}' names a part that this upload does not have.`, { param });
  });
  const total = parts.reduce((sum, part) => sum + part.bytes, 0);
  if (total === bytes) return parts;
  throw new UploadMismatchError(`The parts have ${total} bytes together, and the upload was announced with ${bytes}.`, {
    param: 'part_ids',
  });
}
