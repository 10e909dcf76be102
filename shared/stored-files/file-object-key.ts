import { objectPrefixes } from '../objects/object-lifetimes.ts';

/** @returns the key in the bucket of one file of a caller; nobody but the caller gets links to it. */
export function fileObjectKey(callerId: string, id: string): string {
  return `${objectPrefixes.files}${callerId}/${id}`;
}
