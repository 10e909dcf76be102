import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '../is-record.ts';
import type { ObjectFolder } from './object-folder.ts';
import { S3Error } from './s3-error.ts';
import { type FileDraft, openStoredFile, type StoredFile } from './stored-file.ts';

/** Where an object will be. */
interface Target {
  readonly bucket: string;
  readonly key: string;
}

/** A part, as the one who completes the upload names it. */
export interface NamedPart {
  readonly number: number;
  /** Without quotation marks. */
  readonly etag: string;
}

/** Bytes that each part but the last one must have. */
const smallestPart = 5 * 1024 * 1024;
const uploadIdForm = /^[0-9a-f-]{36}$/;

/** Uploads in parts that are not complete, each with a folder of its own. */
export class MultipartFolder {
  readonly #objects: ObjectFolder;

  constructor(objects: ObjectFolder) {
    this.#objects = objects;
  }

  /** @returns the upload's id. */
  async begin({ bucket, key }: Target, mediaType: string): Promise<string> {
    const uploadId = randomUUID();
    await mkdir(join(this.#objects.uploads, uploadId), { mode: 0o700 });
    await writeFile(this.#path(uploadId, 'upload.json'), JSON.stringify({ bucket, key, mediaType }), { mode: 0o600 });
    return uploadId;
  }

  /** @throws S3Error NoSuchUpload when it is none of this object, or over. */
  async mediaType(uploadId: string, target: Target): Promise<string> {
    const text = uploadIdForm.test(uploadId)
      ? await readFile(this.#path(uploadId, 'upload.json'), 'utf8').catch(() => 'null')
      : 'null';
    const upload: unknown = JSON.parse(text);
    if (!isRecord(upload) || upload.bucket !== target.bucket || upload.key !== target.key) {
      throw new S3Error(404, 'NoSuchUpload', 'The specified upload does not exist.');
    }
    return String(upload.mediaType);
  }

  async keepPart(uploadId: string, { number, etag }: NamedPart, draft: FileDraft): Promise<void> {
    await draft.keep(this.#path(uploadId, String(number)), { key: String(number), mediaType: '', etag });
  }

  /**
   * Makes one object of the parts. They are copied, so that a kill leaves all of them.
   *
   * @returns the object's ETag, without quotation marks.
   * @throws S3Error when the parts are not those that are here, in their order, or one is too small.
   */
  async complete(uploadId: string, target: Target, parts: readonly NamedPart[]): Promise<string> {
    const mediaType = await this.mediaType(uploadId, target);
    if (parts.length === 0) throw new S3Error(400, 'MalformedXML', 'The XML you provided was not well-formed.');
    if (parts.some(({ number }, index) => number <= (parts[index - 1]?.number ?? 0))) {
      throw new S3Error(400, 'InvalidPartOrder', 'The list of parts was not in ascending order.');
    }
    const draft = await this.#objects.draft();
    try {
      const digests = createHash('md5');
      for (const part of parts) {
        await this.#append(uploadId, part, part === parts.at(-1), draft);
        digests.update(part.etag, 'hex');
      }
      const etag = `${digests.digest('hex')}-${parts.length}`;
      await draft.keep(this.#objects.place(target.bucket, target.key), { key: target.key, mediaType, etag });
      await this.abort(uploadId);
      return etag;
    } catch (error) {
      await draft.discard();
      throw error;
    }
  }

  async abort(uploadId: string): Promise<void> {
    await rm(this.#path(uploadId, ''), { recursive: true, force: true });
  }

  async #append(uploadId: string, part: NamedPart, isLast: boolean, draft: FileDraft): Promise<void> {
    const stored = await openStoredFile(this.#path(uploadId, String(part.number)));
    if (stored === undefined) throw invalidPart();
    try {
      if (stored.head.etag !== part.etag) throw invalidPart();
      if (!isLast && stored.head.size < smallestPart) {
        throw new S3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
      }
      await copy(stored, draft);
    } finally {
      await stored.close();
    }
  }

  #path(uploadId: string, name: string): string {
    return join(this.#objects.uploads, uploadId, name);
  }
}

async function copy({ head, read }: StoredFile, draft: FileDraft): Promise<void> {
  if (head.size === 0) return;
  for await (const piece of read(0, head.size - 1)) await draft.write(piece);
}

function invalidPart(): S3Error {
  return new S3Error(400, 'InvalidPart', 'One or more of the specified parts could not be found.');
}
