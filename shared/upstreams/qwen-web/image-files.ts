import { UnsupportedParameterError } from '../../chat/errors/request-errors.ts';
import type { MediaPart } from '../../chat/request.ts';
import type { Uploads } from '../../chat/upload.ts';
import { isUpstreamUrl } from './upstream-url.ts';

/** What a message says of one file: all that is known of an upload, or `{type, url}` of a picture (qwen-web §6.3). */
export type FileReference = Readonly<Record<string, unknown>>;

/**
 * Whether the upstream holds a picture already; only of pictures it is known that their URL is enough.
 *
 * @param origin of the upstream.
 */
export function isHeld({ type, url: text }: MediaPart, origin: string): boolean {
  const url = type === 'image' ? URL.parse(text) : null;
  return url !== null && isUpstreamUrl(url, origin);
}

/**
 * Refers to what a part stands for.
 *
 * @param uploads what the account holds.
 * @param origin of the upstream.
 * @throws UnsupportedParameterError when neither the upstream nor the account has it.
 */
export function mediaFile(part: MediaPart, uploads: Uploads, origin: string): FileReference {
  const uploaded = uploads.get(part.url);
  if (uploaded !== undefined) return uploaded.reference;
  if (isHeld(part, origin)) return { type: 'image', url: part.url };
  throw new UnsupportedParameterError('Files must be uploaded to the account before a message can hold them.', {
    param: part.field ?? 'messages',
  });
}

/** @returns the name of what a part stands for, `''` when it has none. */
export function mediaName(part: MediaPart, uploads: Uploads, origin: string): string {
  const name = uploads.get(part.url)?.reference.name;
  if (typeof name === 'string') return name;
  return isHeld(part, origin) ? (URL.parse(part.url)?.pathname.split('/').at(-1) ?? '') : '';
}
