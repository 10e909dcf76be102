import { createHmac } from 'node:crypto';
import type { StorageGrant } from './storage-grant.ts';

/** What of a PUT is signed, beside its place. */
export interface SignedPutV1 {
  readonly mediaType: string;
  /** MD5 of the bytes in base64. Signed when it is given; the storage then refuses other bytes. */
  readonly md5?: string | undefined;
}

/**
 * The headers of a PUT into the storage, signed in version 1 of its scheme (qwen-web §6.2), which knows no size. The key
 * is signed as it is, not percent-encoded.
 *
 * @param now of the signature, which the storage takes for `signatureLife`.
 */
export function signedHeadersV1(
  { accessKeyId, accessKeySecret, bucket, path, securityToken }: StorageGrant,
  { mediaType, md5 }: SignedPutV1,
  now: Date,
): Record<string, string> {
  // The storage reads it in place of `date`, which browsers let nobody set.
  const date = now.toUTCString();
  const lines = [
    'PUT',
    md5 ?? '',
    mediaType,
    date,
    `x-oss-date:${date}`,
    `x-oss-security-token:${securityToken}`,
    `/${bucket}/${path}`,
  ];
  const signature = createHmac('sha1', accessKeySecret).update(lines.join('\n')).digest('base64');
  return {
    ...(md5 !== undefined && { 'content-md5': md5 }),
    'content-type': mediaType,
    'x-oss-date': date,
    'x-oss-security-token': securityToken,
    authorization: `OSS ${accessKeyId}:${signature}`,
  };
}
