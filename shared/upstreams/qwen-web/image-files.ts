import { UnsupportedParameterError } from '../../chat/errors/request-errors.ts';
import type { MediaPart } from '../../chat/request.ts';
import type { Uploads } from '../../chat/upload.ts';

/** What a message says of one file: all that is known of an upload, or `{type, url}` of a picture (qwen-web §6.3). */
export type FileReference = Readonly<Record<string, unknown>>;

/** Whether the upstream holds a picture already; only of pictures it is known that their URL is enough. */
export function isHeld({ type, url }: MediaPart): boolean {
  return type === 'image' && isUpstreamUrl(url);
}

/**
 * Refers to what a part stands for.
 *
 * @param uploads what the account holds.
 * @throws UnsupportedParameterError when neither the upstream nor the account has it.
 */
export function mediaFile(part: MediaPart, uploads: Uploads): FileReference {
  const uploaded = uploads.get(part.url);
  if (uploaded !== undefined) return uploaded.reference;
  if (isHeld(part)) return { type: 'image', url: part.url };
  throw new UnsupportedParameterError('Files must be uploaded to the account before a message can hold them.', {
    param: part.field ?? 'messages',
  });
}

/** @returns the name of what a part stands for, `''` when it has none. */
export function mediaName(part: MediaPart, uploads: Uploads): string {
  const name = uploads.get(part.url)?.reference.name;
  if (typeof name === 'string') return name;
  return isHeld(part) ? (URL.parse(part.url)?.pathname.split('/').at(-1) ?? '') : '';
}

function isUpstreamUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'https:') return false;
  return url.hostname === 'cdn.qwenlm.ai' || url.hostname.endsWith('.aliyuncs.com');
}
