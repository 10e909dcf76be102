import { objectPrefixes } from '../objects/object-lifetimes.ts';

/** Where a part of an upload lies in the bucket until the upload is over. */
export function partKey(callerId: string, uploadId: string, partId: string): string {
  return `${objectPrefixes.uploads}${callerId}/${uploadId}/${partId}`;
}
