import type { S3Client } from '@aws-sdk/client-s3';

interface Place {
  readonly Bucket: string;
  readonly Key: string;
}

/** An object that is sent in parts, one after the other. Throws what the SDK throws. */
export class MultipartUpload {
  readonly #client: S3Client;
  readonly #place: Place & { readonly UploadId: string | undefined };
  readonly #parts: { readonly PartNumber: number; readonly ETag: string | undefined }[] = [];

  static async begin(client: S3Client, place: Place, mediaType: string, signal: AbortSignal): Promise<MultipartUpload> {
    const { CreateMultipartUploadCommand } = await import('@aws-sdk/client-s3');
    const command = new CreateMultipartUploadCommand({ ...place, ContentType: mediaType });
    const { UploadId } = await client.send(command, { abortSignal: signal });
    return new MultipartUpload(client, { ...place, UploadId });
  }

  private constructor(client: S3Client, place: Place & { readonly UploadId: string | undefined }) {
    this.#client = client;
    this.#place = place;
  }

  /** @param bytes at least 5 MiB, unless it is the last part. */
  async send(bytes: Buffer, signal: AbortSignal): Promise<void> {
    const { UploadPartCommand } = await import('@aws-sdk/client-s3');
    const PartNumber = this.#parts.length + 1;
    const command = new UploadPartCommand({ ...this.#place, PartNumber, Body: bytes });
    const { ETag } = await this.#client.send(command, { abortSignal: signal });
    this.#parts.push({ PartNumber, ETag });
  }

  async complete(signal: AbortSignal): Promise<void> {
    const { CompleteMultipartUploadCommand } = await import('@aws-sdk/client-s3');
    const command = new CompleteMultipartUploadCommand({ ...this.#place, MultipartUpload: { Parts: this.#parts } });
    await this.#client.send(command, { abortSignal: signal });
  }

  /** Lets S3 forget the parts. */
  async abort(): Promise<void> {
    const { AbortMultipartUploadCommand } = await import('@aws-sdk/client-s3');
    await this.#client.send(new AbortMultipartUploadCommand(this.#place));
  }
}
