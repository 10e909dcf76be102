import { createHash, createHmac } from 'node:crypto';
import { encodeKey } from './storage-address.ts';
import type { StorageGrant } from './storage-grant.ts';

/**
 * The headers of a PUT into the storage, signed in version 4 of its scheme (qwen-web §6.2). The body is not part of the
 * signature: TLS guards it.
 *
 * @param now of the signature, which the storage takes for some minutes.
 */
export function signedHeaders(grant: StorageGrant, contentType: string, now: Date): Record<string, string> {
  const dateTime = `${now.toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const date = dateTime.slice(0, 8);
  const headers = {
    'content-type': contentType,
    'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-oss-date': dateTime,
    'x-oss-security-token': grant.securityToken,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const resource = `/${grant.bucket}/${encodeKey(grant.path)}`;
  const canonical = ['PUT', resource, '', lines.join(''), '', 'UNSIGNED-PAYLOAD'].join('\n');
  const scope = [date, grant.region, 'oss', 'aliyun_v4_request'];
  const text = ['OSS4-HMAC-SHA256', dateTime, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `aliyun_v4${grant.accessKeySecret}`);
  const signature = hmac(key, text).toString('hex');
  const authorization = `OSS4-HMAC-SHA256 Credential=${grant.accessKeyId}/${scope.join('/')},Signature=${signature}`;
  return { ...headers, authorization };
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
