import type { FinishedPicture } from './finish-picture.ts';
import type { ImageOrder } from './image-order.ts';

/** What is told of a picture: what it really is, not what was asked for; nothing that is not known. */
export function pictureFacts(order: ImageOrder, picture: FinishedPicture | undefined): object {
  const { format, size } = picture ?? {};
  return {
    background: order.background,
    quality: order.quality,
    ...(format && { output_format: format }),
    ...(size && { size: `${size.width}x${size.height}` }),
  };
}
