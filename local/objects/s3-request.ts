import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { S3Error } from './s3-error.ts';

/** A request in the terms of S3, with the bucket in its path. */
export interface S3Request {
  readonly method: string;
  readonly bucket: string;
  /** Decoded; `''` for the bucket itself. */
  readonly key: string;
  /** Decoded, bucket included. */
  readonly path: string;
  /** Decoded, in the order of the request. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: IncomingHttpHeaders;
}

const longestKey = 1024;

/** @throws S3Error for an address that can't be read. */
export function readS3Request({ method = 'GET', url = '/', headers }: IncomingMessage): S3Request {
  const [rawPath = '', rawQuery = ''] = cutAt(url, '?');
  const path = decode(rawPath);
  const [bucket = '', key = ''] = cutAt(path.slice(1), '/');
  if (Buffer.byteLength(key) > longestKey) throw new S3Error(400, 'KeyTooLongError', 'Your key is too long');
  const query = rawQuery
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const [name = '', value = ''] = cutAt(pair, '=');
      return [decode(name), decode(value)];
    });
  return { method, bucket, key, path, query, headers };
}

/** @returns `undefined` when the parameter is not there, `''` when it has no value. */
export function parameter({ query }: S3Request, name: string): string | undefined {
  return query.find(([known]) => known === name)?.[1];
}

/** @returns `''` when the header is not there. */
export function header({ headers }: S3Request, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : (value?.join(',') ?? '');
}

function cutAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}
