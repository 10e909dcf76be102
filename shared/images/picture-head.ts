import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { WEBP } from 'image-size/types/webp';
import type { PixelSize } from '../chat/aspect-ratio.ts';
import type { PictureFormat } from './image-order.ts';

/** What the beginning of a picture's file says. */
export interface PictureHead {
  readonly format: PictureFormat;
  readonly size: PixelSize;
}

const kinds = [
  ['png', PNG],
  ['jpeg', JPG],
  ['webp', WEBP],
] as const;

/** @returns `undefined` for what is no PNG, JPEG or WebP. */
export function readPictureHead(bytes: Buffer): PictureHead | undefined {
  try {
    const [format, kind] = kinds.find(([, { validate }]) => validate(bytes)) ?? [];
    if (format === undefined || kind === undefined) return undefined;
    const { width, height } = kind.calculate(bytes);
    return { format, size: { width, height } };
  } catch {
    return undefined;
  }
}
