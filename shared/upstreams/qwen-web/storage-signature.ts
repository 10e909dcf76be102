import { createHash, createHmac } from 'node:crypto';
import { encodeKey } from './storage-address.ts';
import type { StorageGrant } from './storage-grant.ts';

/** Milliseconds for which the storage takes a signature: so far may its clock and the signature's time be apart. */
export const signatureLife = 15 * 60_000;

/** What of a PUT is signed, beside its place. */
export interface SignedPut {
  readonly mediaType: string;
  /** Bytes. Signed as well when it is given, so that a body of another size is refused. */
  readonly size?: number;
  /** MD5 of the bytes in base64. Signed when it is given; the storage then refuses other bytes. */
  readonly md5?: string | undefined;
}

/**
 * The headers of a PUT into the storage, signed in version 4 of its scheme (qwen-web §6.2). The bytes are not part of the
 * signature: TLS guards them.
 *
 * @param now of the signature, which the storage takes for `signatureLife`.
 * @returns without `content-length`, which whoever sends the body sends anyway.
 */
export function signedHeaders(
  grant: StorageGrant,
  { mediaType, size, md5 }: SignedPut,
  now: Date,
): Record<string, string> {
  const dateTime = `${now.toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const date = dateTime.slice(0, 8);
  // In the order of their names, as they are signed.
  const headers = {
    ...(md5 !== undefined && { 'content-md5': md5 }),
    'content-type': mediaType,
    'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-oss-date': dateTime,
    'x-oss-security-token': grant.securityToken,
  };
  const additional = size === undefined ? '' : 'content-length';
  const signed = { ...(size !== undefined && { 'content-length': String(size) }), ...headers };
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  const resource = `/${grant.bucket}/${encodeKey(grant.path)}`;
  const canonical = ['PUT', resource, '', lines.join(''), additional, 'UNSIGNED-PAYLOAD'].join('\n');
  const scope = [date, grant.region, 'oss', 'aliyun_v4_request'];
  const text = ['OSS4-HMAC-SHA256', dateTime, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `aliyun_v4${grant.accessKeySecret}`);
  const parts = [
    `Credential=${grant.accessKeyId}/${scope.join('/')}`,
    ...(additional === '' ? [] : [`AdditionalHeaders=${additional}`]),
    `Signature=${hmac(key, text).toString('hex')}`,
  ];
  return { ...headers, authorization: `OSS4-HMAC-SHA256 ${parts.join(',')}` };
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
