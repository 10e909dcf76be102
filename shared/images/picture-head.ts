import { imageSize } from 'image-size';
import type { PixelSize } from '../chat/aspect-ratio.ts';
import type { PictureFormat } from './image-order.ts';

/** What the beginning of a picture's file says. */
export interface PictureHead {
  readonly format: PictureFormat;
  readonly size: PixelSize;
}

const formats: Readonly<Record<string, PictureFormat>> = { png: 'png', jpg: 'jpeg', webp: 'webp' };

/** @returns `undefined` for what is no PNG, JPEG or WebP. */
export function readPictureHead(bytes: Buffer): PictureHead | undefined {
  try {
    const { width, height, type = '' } = imageSize(bytes);
    const format = formats[type];
    return format && { format, size: { width, height } };
  } catch {
    return undefined;
  }
}
