import type { S3Client } from '@aws-sdk/client-s3';
import { MultipartUpload } from './multipart-upload.ts';
import { bucketName, isPathStyle, type ObjectEnvironment } from './object-place.ts';
import { objectStoreUnavailable } from './object-store-errors.ts';
import { PartBuffer } from './part-buffer.ts';

export interface PutOptions {
  readonly mediaType: string;
}

export interface PutStreamOptions extends PutOptions {
  readonly signal: AbortSignal;
  /** Bytes. */
  readonly limit?: number;
}

/** What is known of an object without reading it. */
export interface ObjectHead {
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
  readonly etag: string;
}

/**
 * The owner's bucket, for those who write into it. The SDK reads the region, the credentials and AWS_ENDPOINT_URL_S3
 * itself, and is loaded with the first call. All methods throw ObjectStoreUnavailableError, and ConfigurationError when
 * the deployment gives this function no bucket.
 */
export class ObjectStore {
  readonly #environment: ObjectEnvironment;
  #client: Promise<S3Client> | undefined;

  constructor(environment: ObjectEnvironment) {
    this.#environment = environment;
  }

  /** Writes a whole object over what was there. */
  async put(key: string, bytes: Buffer, { mediaType }: PutOptions, signal?: AbortSignal): Promise<void> {
    const { PutObjectCommand } = await import('@aws-sdk/client-s3');
    const command = new PutObjectCommand({ ...this.#at(key), Body: bytes, ContentType: mediaType });
    const client = await this.#open();
    await available(client.send(command, abortOptions(signal)), signal);
  }

  /**
   * Writes an object as its bytes come, with the memory of one part. It is there as a whole at the end, or not at all.
   *
   * @throws ObjectTooLargeError beyond the limit; what the source throws; the signal's reason when it is aborted.
   */
  async putStream(
    key: string,
    chunks: AsyncIterable<Uint8Array>,
    { mediaType, signal, limit = Number.POSITIVE_INFINITY }: PutStreamOptions,
  ): Promise<{ readonly size: number }> {
    const part = new PartBuffer(limit);
    let upload: MultipartUpload | undefined;
    try {
      for await (const chunk of chunks) {
        signal.throwIfAborted();
        for (const full of part.fill(chunk)) {
          upload ??= await available(
            MultipartUpload.begin(await this.#open(), this.#at(key), mediaType, signal),
            signal,
          );
          await available(upload.send(full, signal), signal);
        }
      }
      signal.throwIfAborted();
      if (upload === undefined) {
        await this.put(key, part.rest, { mediaType }, signal);
      } else {
        if (part.rest.length > 0) await available(upload.send(part.rest, signal), signal);
        await available(upload.complete(signal), signal);
      }
    } catch (error) {
      // What can't be cleared away now is, by a rule of the bucket, a day later.
      await upload?.abort().catch(() => undefined);
      throw error;
    }
    return { size: part.total };
  }

  /** @returns `undefined` when there is no such object. */
  async head(key: string): Promise<ObjectHead | undefined> {
    const { HeadObjectCommand, S3ServiceException } = await import('@aws-sdk/client-s3');
    const command = new HeadObjectCommand(this.#at(key));
    const client = await this.#open();
    try {
      const head = await client.send(command);
      const { ContentLength: size = 0, ContentType: mediaType = 'application/octet-stream', ETag: etag = '' } = head;
      return { size, mediaType, etag };
    } catch (error) {
      // S3 denies access to what is not there, unless one may list the bucket; nobody may.
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      if (status === 404 || status === 403) return undefined;
      throw objectStoreUnavailable(error);
    }
  }

  /** An object that is not there is no failure. */
  async delete(key: string): Promise<void> {
    const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
    const client = await this.#open();
    await available(client.send(new DeleteObjectCommand(this.#at(key))));
  }

  #at(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: bucketName(this.#environment), Key: key };
  }

  #open(): Promise<S3Client> {
    this.#client ??= openClient(isPathStyle(this.#environment));
    return this.#client;
  }
}

async function openClient(forcePathStyle: boolean): Promise<S3Client> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  return new S3Client({
    forcePathStyle,
    maxAttempts: 3,
    // Bodies are held whole and their SHA-256 is signed, so S3 checks them without a second checksum.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 2000, socketTimeout: 30_000 },
  });
}

function abortOptions(signal: AbortSignal | undefined): { readonly abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}

async function available<T>(call: Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await call;
  } catch (error) {
    signal?.throwIfAborted();
    throw objectStoreUnavailable(error);
  }
}
