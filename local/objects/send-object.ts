import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ObjectFolder } from './object-folder.ts';
import { accessDenied, S3Error } from './s3-error.ts';
import { header, parameter, type S3Request } from './s3-request.ts';
import type { StoredFile, StoredHead } from './stored-file.ts';

/** The first byte that is wanted and the last one. */
interface Span {
  readonly first: number;
  readonly last: number;
}

/**
 * Answers GET and HEAD of an object, or of a range of it.
 *
 * @throws S3Error
 */
export async function sendObject(request: S3Request, response: ServerResponse, folder: ObjectFolder): Promise<void> {
  const file = await folder.find(request.bucket, request.key);
  if (file === undefined) throw accessDenied();
  try {
    await send(request, response, file);
  } finally {
    await file.close();
  }
}

async function send(request: S3Request, response: ServerResponse, { head, read }: StoredFile): Promise<void> {
  const range = header(request, 'range');
  const span = range === '' ? { first: 0, last: head.size - 1 } : readSpan(range, head.size);
  const { first, last } = span;
  response.writeHead(range === '' ? 200 : 206, {
    ...headersOf(request, head),
    'content-length': last - first + 1,
    ...(range !== '' && { 'content-range': `bytes ${first}-${last}/${head.size}` }),
  });
  if (request.method === 'HEAD' || last < first) {
    response.end();
    return;
  }
  await pipeline(read(first, last), response);
}

function headersOf(request: S3Request, { mediaType, etag }: StoredHead): Readonly<Record<string, string>> {
  const disposition = parameter(request, 'response-content-disposition');
  return {
    'accept-ranges': 'bytes',
    'content-type': parameter(request, 'response-content-type') ?? mediaType,
    etag: `"${etag}"`,
    ...(disposition !== undefined && { 'content-disposition': disposition }),
  };
}

/** One range, with an end or without one, or the last so many bytes. */
function readSpan(range: string, size: number): Span {
  const [, start = '', end = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  const first = start === '' ? Math.max(0, size - Number(end)) : Number(start);
  const last = start === '' || end === '' ? size - 1 : Math.min(Number(end), size - 1);
  if ((start === '' && end === '') || first >= size || last < first) {
    throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable');
  }
  return { first, last };
}
