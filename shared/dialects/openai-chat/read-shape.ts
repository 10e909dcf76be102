import { type AspectRatio, aspectRatios, readAspectRatio } from '../../chat/aspect-ratio.ts';
import { InvalidRequestError } from '../../chat/errors/request-errors.ts';

/** Reads the field `size` of a chat that makes pictures or videos. @throws InvalidRequestError */
export function readShape(size: string | null | undefined): { readonly aspectRatio?: AspectRatio } {
  if (!size || size === 'auto') return {};
  const aspectRatio = readAspectRatio(size);
  if (aspectRatio !== undefined) return { aspectRatio };
  throw new InvalidRequestError(
    `'size' must be one of ${aspectRatios.join(', ')}, or pixels such as 1024x1536, not '${size.slice(0, 40)}'.`,
    { param: 'size' },
  );
}
