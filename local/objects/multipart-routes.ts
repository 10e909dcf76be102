import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MultipartFolder, NamedPart } from './multipart-folder.ts';
import type { ObjectFolder } from './object-folder.ts';
import { receiveBody } from './receive-body.ts';
import { escapeXml, S3Error, xml } from './s3-error.ts';
import { header, parameter, type S3Request } from './s3-request.ts';

const mostParts = 10_000;
const longestList = 2_000_000;

/** What S3 offers for uploads in parts: begin, send a part, complete, abort. */
export class MultipartRoutes {
  readonly #objects: ObjectFolder;
  readonly #uploads: MultipartFolder;

  constructor(objects: ObjectFolder, uploads: MultipartFolder) {
    this.#objects = objects;
    this.#uploads = uploads;
  }

  async begin(request: S3Request, response: ServerResponse): Promise<void> {
    const mediaType = header(request, 'content-type') || 'binary/octet-stream';
    const uploadId = await this.#uploads.begin(request, mediaType);
    sendResult(response, 'InitiateMultipartUploadResult', { ...placeOf(request), UploadId: uploadId });
  }

  async putPart(
    request: S3Request,
    incoming: IncomingMessage,
    response: ServerResponse,
    signedHash: string | undefined,
  ): Promise<void> {
    const uploadId = parameter(request, 'uploadId') ?? '';
    const number = Number(parameter(request, 'partNumber'));
    if (!Number.isInteger(number) || number < 1 || number > mostParts) {
      throw new S3Error(400, 'InvalidArgument', `Part number must be an integer between 1 and ${mostParts}, inclusive`);
    }
    await this.#uploads.mediaType(uploadId, request);
    const draft = await this.#objects.draft();
    try {
      const etag = await receiveBody(incoming, draft, signedHash);
      await this.#uploads.keepPart(uploadId, { number, etag }, draft);
      response.writeHead(200, { etag: `"${etag}"` }).end();
    } catch (error) {
      await draft.discard();
      throw error;
    }
  }

  async complete(request: S3Request, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts = readParts(await readText(incoming));
    const etag = await this.#uploads.complete(parameter(request, 'uploadId') ?? '', request, parts);
    sendResult(response, 'CompleteMultipartUploadResult', { ...placeOf(request), ETag: `"${etag}"` });
  }

  async abort(request: S3Request, response: ServerResponse): Promise<void> {
    const uploadId = parameter(request, 'uploadId') ?? '';
    await this.#uploads.mediaType(uploadId, request);
    await this.#uploads.abort(uploadId);
    response.writeHead(204).end();
  }
}

function placeOf({ bucket, key }: S3Request): Readonly<Record<string, string>> {
  return { Bucket: bucket, Key: key };
}

function sendResult(response: ServerResponse, name: string, fields: Readonly<Record<string, string>>): void {
  const content = Object.entries(fields).map(([field, value]) => `<${field}>${escapeXml(value)}</${field}>`);
  const body = xml(`<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content.join('')}</${name}>`);
  response.writeHead(200, { 'content-type': 'application/xml' }).end(body);
}

/** The SDK is the only one who writes it, so its form is known. */
function readParts(text: string): readonly NamedPart[] {
  return [...text.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
    number: Number(/<PartNumber>(\d+)<\/PartNumber>/.exec(part)?.[1]),
    etag: /<ETag>(?:"|&quot;)?([0-9a-f]{32})(?:"|&quot;)?<\/ETag>/.exec(part)?.[1] ?? '',
  }));
}

async function readText(incoming: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of incoming) {
    size += piece.length;
    if (size > longestList) throw new S3Error(400, 'MaxMessageLengthExceeded', 'Your request was too big.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}
