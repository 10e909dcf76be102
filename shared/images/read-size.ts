import {
  type AspectRatio,
  aspectRatios,
  type PixelSize,
  readAspectRatio,
  readPixelSize,
} from '../chat/aspect-ratio.ts';
import { InvalidRequestError } from '../chat/errors/request-errors.ts';

/** What of a size the upstream is told, and what is left to be done. */
export interface WantedSize {
  readonly aspectRatio?: AspectRatio;
  /** Set for sizes that the upstream's pictures are always larger than. */
  readonly largest?: PixelSize;
}

/** Pixels; the upstream makes nothing smaller, and nothing is blown up. */
const smallestMade = 1024;

/**
 * Reads the field `size`: a ratio, pixels, or `auto`.
 *
 * @throws InvalidRequestError
 */
export function readSize(size: string | null | undefined): WantedSize {
  if (!size || size === 'auto') return {};
  const aspectRatio = readAspectRatio(size);
  if (aspectRatio === undefined) {
    throw new InvalidRequestError(
      `'size' must be pixels such as 1024x1536, one of the ratios ${aspectRatios.join(', ')}, or auto.`,
      { param: 'size' },
    );
  }
  const pixels = readPixelSize(size);
  const isSmall = pixels !== undefined && Math.max(pixels.width, pixels.height) < smallestMade;
  return { aspectRatio, ...(isSmall && { largest: pixels }) };
}
