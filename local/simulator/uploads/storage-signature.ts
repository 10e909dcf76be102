import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { encodeKey } from './encode-key.ts';
import { storageCredentials } from './storage-credentials.ts';
import { StorageError } from './storage-error.ts';

const { accessKeyId, accessKeySecret, bucket, region } = storageCredentials;
const signedRegion = region.slice('oss-'.length);
const alwaysSigned = new Set(['content-type', 'content-md5']);
const authorizationForm =
  /^OSS4-HMAC-SHA256 Credential=([^,]*), ?(?:AdditionalHeaders=([^,]*), ?)?Signature=([0-9a-f]{64})$/;
const headerListForm = /^[a-z0-9-]+(?:;[a-z0-9-]+)*$/;

/**
 * Checks the signature of a PUT of an object, in version 4 or version 1 of the storage's scheme (qwen-web §6.2).
 *
 * @param key the object's path in the bucket, decoded.
 * @returns epoch milliseconds of the signature.
 * @throws StorageError when it is not the one of this request.
 */
export function checkSignature(headers: IncomingHttpHeaders, key: string): number {
  const authorization = headers.authorization ?? '';
  return authorization.startsWith('OSS4-HMAC-SHA256 ')
    ? checkV4(authorization, headers, key)
    : checkV1(authorization, headers, key);
}

function checkV4(authorization: string, headers: IncomingHttpHeaders, key: string): number {
  const [, credential, additional = '', signature = ''] = authorizationForm.exec(authorization) ?? [];
  const date = headerText(headers, 'x-oss-date');
  const at = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  const names = additional === '' ? [] : additional.split(';');
  const isListed =
    additional === '' || (headerListForm.test(additional) && names.every((name) => headers[name] !== undefined));
  if (credential === undefined || Number.isNaN(at) || !isListed || !isSorted(names)) {
    throw new StorageError(400, 'InvalidArgument', 'The authorization header is malformed.');
  }
  const scope = `${date.slice(0, 8)}/${signedRegion}/oss/aliyun_v4_request`;
  if (credential !== `${accessKeyId}/${scope}`) throw wrongSignature();
  if (!isEqual(signature, signatureV4(headers, key, names, date, scope))) throw wrongSignature();
  return at;
}

function signatureV4(
  headers: IncomingHttpHeaders,
  key: string,
  additional: readonly string[],
  date: string,
  scope: string,
): string {
  const signed = Object.keys(headers)
    .filter((name) => alwaysSigned.has(name) || name.startsWith('x-oss-') || additional.includes(name))
    .sort()
    .map((name) => `${name}:${headerText(headers, name).trim()}\n`);
  const path = `/${bucket}/${encodeKey(key)}`;
  const payload = headerText(headers, 'x-oss-content-sha256');
  const canonical = ['PUT', path, '', signed.join(''), additional.join(';'), payload].join('\n');
  const digest = createHash('sha256').update(canonical).digest('hex');
  let signingKey: string | Buffer = `aliyun_v4${accessKeySecret}`;
  for (const step of [date.slice(0, 8), signedRegion, 'oss', 'aliyun_v4_request']) {
    signingKey = createHmac('sha256', signingKey).update(step).digest();
  }
  return createHmac('sha256', signingKey).update(['OSS4-HMAC-SHA256', date, scope, digest].join('\n')).digest('hex');
}

/** The vendor's own clients send `x-oss-date`, which then stands in the place of `date` too. */
function checkV1(authorization: string, headers: IncomingHttpHeaders, key: string): number {
  const date = headerText(headers, 'x-oss-date') || headerText(headers, 'date');
  const extra = Object.keys(headers)
    .filter((name) => name.startsWith('x-oss-'))
    .sort()
    .map((name) => `${name}:${headerText(headers, name)}`);
  const lines = [
    'PUT',
    headerText(headers, 'content-md5'),
    headerText(headers, 'content-type'),
    date,
    ...extra,
    `/${bucket}/${key}`,
  ];
  const signature = createHmac('sha1', accessKeySecret).update(lines.join('\n')).digest('base64');
  if (!isEqual(authorization, `OSS ${accessKeyId}:${signature}`)) throw wrongSignature();
  return Date.parse(date);
}

function wrongSignature(): StorageError {
  return new StorageError(403, 'SignatureDoesNotMatch', 'The signature is not the one of this request.');
}

function isSorted(names: readonly string[]): boolean {
  return names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name);
}

function isEqual(given: string, right: string): boolean {
  return given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right));
}

function headerText(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}
