import { objectPrefixes } from '../objects/object-lifetimes.ts';

/** Where the bucket has what was said in a request. */
export function recordingKey(requestId: string): string {
  return `${objectPrefixes.recordings}${requestId}.json`;
}
