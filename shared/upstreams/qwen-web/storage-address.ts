import { UpstreamUnavailableError } from '../../chat/errors/answer-faults.ts';
import type { StorageGrant } from './storage-grant.ts';

/** Where an object of the storage lies. */
export interface StorageAddress {
  readonly host: URL;
  /** Encoded, with a slash at its beginning. */
  readonly path: string;
}

type Place = Pick<StorageGrant, 'bucket' | 'endpoint' | 'path'>;

/** A bucket becomes a part of a host name, so nothing else may hide in it. */
const bucketName = /^[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]$/;

/**
 * Finds where a file is to be put (qwen-web §6.2). The upstream's word is taken for hosts of its storage only; a stand-in
 * without encryption, which is on this machine, may be its own storage.
 *
 * @param origin of the upstream.
 * @throws UpstreamUnavailableError for any other host.
 */
export function storageAddress({ bucket, endpoint, path }: Place, origin: string): StorageAddress {
  const url = URL.parse(endpoint.includes('://') ? endpoint : `https://${endpoint}`);
  const key = encodeKey(path);
  if (url !== null && url.protocol === 'http:' && url.origin === origin) {
    return { host: new URL(origin), path: `/${bucket}/${key}` };
  }
  const isStorage = url?.protocol === 'https:' && url.hostname.endsWith('.aliyuncs.com') && url.port === '';
  if (!isStorage || !bucketName.test(bucket)) {
    throw new UpstreamUnavailableError('The upstream names a storage that is none of its own.', {
      upstreamCode: 'foreign_storage',
    });
  }
  return { host: new URL(`https://${bucket}.${url.hostname}`), path: `/${key}` };
}

/** Each segment percent-encoded as the storage does it when it checks a signature: all but unreserved characters. */
export function encodeKey(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
