import { createHash, type Hash } from 'node:crypto';
import type { Call } from '../http/invocation.ts';
import { MultipartBody } from '../http/multipart-body.ts';
import type { Route } from '../routes.ts';

type Asked = Pick<Call, 'body' | 'parameters' | 'query'>;

/** @returns a hash of where a key was sent: the same key means something else on another path. */
export function hashOfPlace({ method, path }: Pick<Route, 'method' | 'path'>, { parameters }: Asked, key: string) {
  return createHash('sha256')
    .update(JSON.stringify([method, path, inOrder(parameters), key]))
    .digest('hex');
}

/**
 * @returns a hash of what is asked. JSON counts as the values that it means, a form without the boundary that its sender
 *   makes up anew each time. Of the query, everything counts but a key of the gateway.
 */
export function fingerprintOf({ body, query: { key: _, ...query } }: Asked): string {
  const hash = createHash('sha256').update(JSON.stringify(inOrder(query)));
  if (body instanceof MultipartBody) hashForm(hash.update('form'), body);
  else if (body !== undefined)
    hash.update('json').update(JSON.stringify(body, (_name, value: unknown) => sorted(value)));
  return hash.digest('hex');
}

function inOrder(fields: Readonly<Record<string, string | undefined>>): readonly (readonly [string, unknown])[] {
  return Object.entries(fields).sort(byName);
}

function sorted(value: unknown): unknown {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMap ? Object.fromEntries(Object.entries(value).sort(byName)) : value;
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : Number(one > other);
}

function hashForm(hash: Hash, { bytes, contentType }: MultipartBody): void {
  const [, quoted, plain = ''] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const mark = Buffer.from(`--${quoted ?? plain}`);
  let start = 0;
  for (let end = bytes.indexOf(mark); end !== -1; end = bytes.indexOf(mark, start)) {
    hashPart(hash, bytes.subarray(start, end));
    start = end + mark.length;
  }
  hashPart(hash, bytes.subarray(start));
}

/** With its length, so that no two forms run into one another. */
function hashPart(hash: Hash, part: Buffer): void {
  hash.update(`${part.length}:`).update(part);
}
