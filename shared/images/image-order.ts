import type { AspectRatio, PixelSize } from '../chat/aspect-ratio.ts';
import type { ImagePart } from '../chat/request.ts';

export type PictureFormat = 'png' | 'jpeg' | 'webp';

/** What is done to a picture after it was made. */
export interface PictureLook {
  /** As it was made when absent. */
  readonly format?: PictureFormat;
  /** From 0 to 100, for jpeg and webp. */
  readonly quality?: number;
  /** Whether what shows through is to be white. */
  readonly isOpaque: boolean;
  /** Larger pictures are made smaller, so that they fit into it. */
  readonly largest?: PixelSize;
}

/** A request for pictures, read: the same for all of its forms. */
export interface ImageOrder {
  /** As OpenAI names the events of its stream. */
  readonly kind: 'image_generation' | 'image_edit';
  readonly model: string;
  /** What the upstream is told. */
  readonly prompt: string;
  /** Whether that is more than the caller's own words. */
  readonly isRevised: boolean;
  /** The pictures to change; none to make one of words. */
  readonly pictures: readonly ImagePart[];
  /** How many to make, each by a request of its own. */
  readonly count: number;
  readonly aspectRatio?: AspectRatio;
  readonly look: PictureLook;
  readonly form: 'url' | 'b64_json';
  readonly stream: boolean;
  /** What was really asked of the upstream, in OpenAI's words. */
  readonly quality: 'high' | 'auto';
  readonly background: 'opaque' | 'auto';
}
