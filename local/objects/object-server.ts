import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { checkSignature } from './check-signature.ts';
import { MultipartFolder } from './multipart-folder.ts';
import { MultipartRoutes } from './multipart-routes.ts';
import type { ObjectFolder } from './object-folder.ts';
import { receiveBody } from './receive-body.ts';
import { S3Error, sendError } from './s3-error.ts';
import { header, parameter, readS3Request, type S3Request } from './s3-request.ts';
import { sendObject } from './send-object.ts';

export interface ObjectServerOptions {
  readonly folder: ObjectFolder;
  /** Whether there is a bucket of this name. */
  readonly hasBucket: (name: string) => boolean;
}

/**
 * The part of S3 that the gateway uses, with the bucket in the path: objects are put, read, looked at and deleted, whole
 * or in parts, by signed requests and signed links only. Their bytes go to and from the disk as they come.
 */
export function createObjectServer({ folder, hasBucket }: ObjectServerOptions): Server {
  const routes = new MultipartRoutes(folder, new MultipartFolder(folder));
  const server = createServer((incoming, response) => {
    serve(incoming, response, { folder, hasBucket, routes }).catch((error: unknown) => {
      // The rest is read and thrown away, or the client would not come to read the answer.
      incoming.resume();
      if (response.headersSent) response.destroy();
      else sendError(response, asS3Error(error), incoming.method !== 'HEAD');
    });
  });
  // A large object may take its time.
  server.requestTimeout = 0;
  return server;
}

interface Service extends ObjectServerOptions {
  readonly routes: MultipartRoutes;
}

async function serve(incoming: IncomingMessage, response: ServerResponse, service: Service): Promise<void> {
  const request = readS3Request(incoming);
  const signedHash = checkSignature(request, Date.now());
  if (!service.hasBucket(request.bucket)) {
    throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
  }
  if (request.key === '') throw notImplemented();
  const isPart = parameter(request, 'uploadId') !== undefined;
  const { folder, routes } = service;
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return sendObject(request, response, folder);
    case 'PUT':
      if (isPart) return routes.putPart(request, incoming, response, signedHash);
      return putObject(request, incoming, response, folder, signedHash);
    case 'POST':
      if (isPart) return routes.complete(request, incoming, response);
      if (parameter(request, 'uploads') !== undefined) return routes.begin(request, response);
      throw notImplemented();
    case 'DELETE':
      if (isPart) return routes.abort(request, response);
      await folder.remove(request.bucket, request.key);
      response.writeHead(204).end();
      return;
    default:
      throw notImplemented();
  }
}

async function putObject(
  request: S3Request,
  incoming: IncomingMessage,
  response: ServerResponse,
  folder: ObjectFolder,
  signedHash: string | undefined,
): Promise<void> {
  if (header(request, 'x-amz-copy-source') !== '') throw notImplemented();
  const { bucket, key } = request;
  const draft = await folder.draft();
  try {
    const etag = await receiveBody(incoming, draft, signedHash);
    const mediaType = header(request, 'content-type') || 'binary/octet-stream';
    await draft.keep(folder.place(bucket, key), { key, mediaType, etag });
    response.writeHead(200, { etag: `"${etag}"` }).end();
  } catch (error) {
    await draft.discard();
    throw error;
  }
}

function notImplemented(): S3Error {
  return new S3Error(501, 'NotImplemented', "This machine's store does not know this operation.");
}

function asS3Error(error: unknown): S3Error {
  return error instanceof S3Error ? error : new S3Error(500, 'InternalError', String(error));
}
