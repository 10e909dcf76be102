import { createHash } from 'node:crypto';
import type { ObjectReader } from '../objects/object-reader.ts';
import { objectStoreUnavailable } from '../objects/object-store-errors.ts';
import type { UploadPart } from '../stored-files/parted-upload.ts';
import { UploadMismatchError } from '../stored-files/upload-errors.ts';

export interface JoinedPartsOptions {
  readonly objects: Pick<ObjectReader, 'open'>;
  /** In the order of the file. */
  readonly parts: readonly UploadPart[];
  /** Where a part lies in the bucket. */
  readonly keyOf: (partId: string) => string;
  /** MD5 of the whole in hex, to be checked; nothing is checked when absent. */
  readonly md5: string | undefined;
  readonly signal: AbortSignal;
}

/** The bytes of several parts as those of one file, hashed on the way. Read once. */
export class JoinedParts implements AsyncIterable<Uint8Array> {
  readonly #options: JoinedPartsOptions;
  readonly #sha256 = createHash('sha256');

  constructor(options: JoinedPartsOptions) {
    this.#options = options;
  }

  /** SHA-256 of the whole in hex, once it was read. */
  get sha256(): string {
    return this.#sha256.copy().digest('hex');
  }

  /** @throws UploadMismatchError before the end, when the whole is not what it should be; ObjectStoreUnavailableError */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const { parts, md5 } = this.#options;
    const check = md5 === undefined ? undefined : createHash('md5');
    for (const part of parts) {
      for await (const chunk of this.#read(part)) {
        this.#sha256.update(chunk);
        check?.update(chunk);
        yield chunk;
      }
    }
    if (check === undefined || check.digest('hex') === md5) return;
    throw new UploadMismatchError("The parts do not have the checksum 'md5'. Send what is wrong again.", {
      param: 'md5',
    });
  }

  async *#read({ id, bytes }: UploadPart): AsyncGenerator<Uint8Array> {
    const { objects, keyOf, signal } = this.#options;
    const opened = await objects.open(keyOf(id), signal);
    if (opened === undefined) throw new UploadMismatchError(`The part ${id} is gone. Send it again.`);
    let read = 0;
    try {
      for await (const chunk of opened.stream) {
        read += chunk.length;
        yield chunk;
      }
    } catch (error) {
      signal.throwIfAborted();
      throw objectStoreUnavailable(error);
    }
    if (read !== bytes) throw objectStoreUnavailable(new Error(`The part ${id} was not whole.`));
  }
}
