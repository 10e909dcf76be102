import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { encodeKey } from './encode-key.ts';
import { storageCredentials } from './storage-credentials.ts';

const { accessKeyId, accessKeySecret, bucket, region } = storageCredentials;
const signedRegion = region.slice('oss-'.length);
const alwaysSigned = new Set(['content-type', 'content-md5']);

/**
 * Whether a PUT of an object is signed rightly, in version 4 or version 1 of the storage's scheme (qwen-web §6.2).
 *
 * @param key the object's path in the bucket, decoded.
 */
export function isSignedRightly(headers: IncomingHttpHeaders, key: string): boolean {
  const authorization = headers.authorization ?? '';
  if (authorization.startsWith('OSS4-HMAC-SHA256 ')) {
    const date = headerText(headers, 'x-oss-date');
    const scope = `${date.slice(0, 8)}/${signedRegion}/oss/aliyun_v4_request`;
    const signature = signatureV4(headers, key, date, scope);
    return authorization === `OSS4-HMAC-SHA256 Credential=${accessKeyId}/${scope},Signature=${signature}`;
  }
  return authorization === `OSS ${accessKeyId}:${signatureV1(headers, key)}`;
}

function signatureV4(headers: IncomingHttpHeaders, key: string, date: string, scope: string): string {
  const path = `/${bucket}/${encodeKey(key)}`;
  const signed = Object.keys(headers)
    .filter((name) => alwaysSigned.has(name) || name.startsWith('x-oss-'))
    .sort()
    .map((name) => `${name}:${headerText(headers, name).trim()}\n`);
  const payload = headerText(headers, 'x-oss-content-sha256');
  const canonical = ['PUT', path, '', signed.join(''), '', payload].join('\n');
  const digest = createHash('sha256').update(canonical).digest('hex');
  let signingKey: string | Buffer = `aliyun_v4${accessKeySecret}`;
  for (const step of [date.slice(0, 8), signedRegion, 'oss', 'aliyun_v4_request']) {
    signingKey = createHmac('sha256', signingKey).update(step).digest();
  }
  return createHmac('sha256', signingKey).update(['OSS4-HMAC-SHA256', date, scope, digest].join('\n')).digest('hex');
}

function signatureV1(headers: IncomingHttpHeaders, key: string): string {
  const extra = Object.keys(headers)
    .filter((name) => name.startsWith('x-oss-'))
    .sort()
    .map((name) => `${name}:${headerText(headers, name)}`);
  const lines = [
    'PUT',
    headerText(headers, 'content-md5'),
    headerText(headers, 'content-type'),
    headerText(headers, 'date'),
    ...extra,
    `/${bucket}/${key}`,
  ];
  return createHmac('sha1', accessKeySecret).update(lines.join('\n')).digest('base64');
}

function headerText(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}
