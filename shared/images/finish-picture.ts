import type { PixelSize } from '../chat/aspect-ratio.ts';
import type { Usage } from '../chat/usage.ts';
import { convertPicture } from './convert-picture.ts';
import type { MadePicture } from './gather-picture.ts';
import type { ImageOrder, PictureFormat, PictureLook } from './image-order.ts';
import type { KeepPicture } from './picture-copies.ts';
import { PictureLostError } from './picture-errors.ts';
import { type PictureHead, readPictureHead } from './picture-head.ts';
import type { PictureSource } from './picture-source.ts';

/** A picture in the form that was asked for. */
export interface FinishedPicture {
  /** Its address, or base64. */
  readonly content: { readonly url: string } | { readonly b64_json: string };
  /** Not known of a picture whose file nobody has looked at. */
  readonly format?: PictureFormat;
  readonly size?: PixelSize;
  readonly usage: Usage | undefined;
}

/** The bytes of a picture after all changes. */
interface PictureFile extends PictureHead {
  readonly bytes: Buffer;
  readonly isChanged: boolean;
}

/**
 * Brings a picture into the form that was asked for. One that is wanted by its address gets that of its copy. Where none
 * is kept, it has the upstream's, and its file is fetched only when something has to be looked at; one that had to be
 * changed has no address then, so it becomes a data URI.
 *
 * @param keep makes the copy.
 * @throws PictureLostError
 */
export async function finishPicture(
  { urls, usage }: MadePicture,
  { form, look }: Pick<ImageOrder, 'form' | 'look'>,
  source: PictureSource,
  signal: AbortSignal,
  keep?: KeepPicture,
): Promise<FinishedPicture> {
  const [url] = urls;
  const isRight = form === 'url' && fitsByName(url, look);
  if (isRight && keep === undefined) return { content: { url }, usage };
  const file = await open(urls, look, source, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    if (!isRight) throw error;
    return undefined;
  });
  // The caller may have more luck with the link.
  if (file === undefined) return { content: { url }, usage };
  const { bytes, format, size, isChanged } = file;
  const facts = { format, size, usage };
  if (form === 'b64_json') return { content: { b64_json: bytes.toString('base64') }, ...facts };
  const kept = await keep?.(bytes, format, signal);
  if (kept !== undefined) return { content: { url: kept }, ...facts };
  return { content: { url: isChanged ? `data:image/${format};base64,${bytes.toString('base64')}` : url }, ...facts };
}

/** Whether a picture needs no change, as far as its address tells. */
function fitsByName(url: string, { format, isOpaque, largest }: PictureLook): boolean {
  if (isOpaque || largest !== undefined) return false;
  const extension = /\.(\w+)$/.exec(URL.parse(url)?.pathname ?? '')?.[1]?.toLowerCase();
  return format === undefined || (extension === 'jpg' ? 'jpeg' : extension) === format;
}

async function open(
  urls: MadePicture['urls'],
  look: PictureLook,
  source: PictureSource,
  signal: AbortSignal,
): Promise<PictureFile> {
  const bytes = await source.fetch(urls, signal);
  const head = readPictureHead(bytes);
  if (head !== undefined && fits(head, look)) return { bytes, ...head, isChanged: false };
  const format = look.format ?? head?.format ?? 'png';
  const changed = await convertPicture(bytes, format, look).catch((cause: unknown) => {
    throw new PictureLostError('Qwen’s file can’t be read as a picture.', { cause });
  });
  const size = readPictureHead(changed)?.size ?? { width: 0, height: 0 };
  return { bytes: changed, format, size, isChanged: true };
}

function fits({ format, size }: PictureHead, look: PictureLook): boolean {
  if (look.format !== undefined && look.format !== format) return false;
  // Of these formats, only JPEG never lets anything show through.
  if (look.isOpaque && format !== 'jpeg') return false;
  const { largest } = look;
  return largest === undefined || (size.width <= largest.width && size.height <= largest.height);
}
