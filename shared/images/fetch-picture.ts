import type { FinishedPicture } from './finish-picture.ts';
import type { MadePicture } from './gather-picture.ts';
import { PictureLostError } from './picture-errors.ts';
import { readPictureHead } from './picture-head.ts';
import type { PictureSource } from './picture-source.ts';

/**
 * Fetches a picture as it was made, and changes nothing: what changes pictures is 8 MB, and not worth that for every
 * function.
 *
 * @throws PictureLostError
 */
export async function fetchPicture(
  { urls, usage }: MadePicture,
  source: PictureSource,
  signal: AbortSignal,
): Promise<FinishedPicture> {
  const bytes = await source.fetch(urls, signal);
  const head = readPictureHead(bytes);
  if (head === undefined) throw new PictureLostError('Qwen’s file can’t be read as a picture.');
  return { content: { b64_json: bytes.toString('base64') }, ...head, usage };
}
