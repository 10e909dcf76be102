import type { PictureFormat, PictureLook } from './image-order.ts';

/** Pixels of a picture that is read: more than any that the upstream makes. */
const mostPixels = 50_000_000;

/**
 * Makes another file of a picture: in another format, without what shows through, or smaller. The library is loaded by
 * the first picture that needs it.
 *
 * @throws Error when the bytes are no picture that can be read.
 */
export async function convertPicture(bytes: Buffer, format: PictureFormat, look: PictureLook): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  let picture = sharp(bytes, { limitInputPixels: mostPixels });
  if (look.isOpaque || format === 'jpeg') picture = picture.flatten({ background: '#ffffff' });
  if (look.largest !== undefined) {
    picture = picture.resize({ ...look.largest, fit: 'inside', withoutEnlargement: true });
  }
  const { quality } = look;
  return picture
    .toFormat(format, format === 'png' || quality === undefined ? {} : { quality: Math.max(1, quality) })
    .toBuffer();
}
