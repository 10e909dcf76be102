/** The wishes that the gateway writes into the prompt. Their words in the console are `wishes`. */
export const wishNames = [
  'subject',
  'art_style',
  'artist',
  'photography_style',
  'composition',
  'lighting',
  'color',
  'camera_settings',
  'special_effects',
  'resolution',
] as const;

export type WishName = (typeof wishNames)[number];

export const pictureSizes = ['1:1', '4:3', '3:4', '16:9', '9:16', '1024x1024', '1536x1024', '1024x1536'] as const;
export const qualities = ['standard', 'hd', 'low', 'medium', 'high', 'xhigh', 'max', 'auto'] as const;
export const styles = ['vivid', 'natural'] as const;
export const formats = ['png', 'jpeg', 'webp'] as const;
export const backgrounds = ['auto', 'opaque'] as const;

/** What is set for pictures. An empty text leaves the choice to the gateway. */
export interface PictureOptions {
  model: string;
  prompt: string;
  n: number;
  size: string;
  quality: (typeof qualities)[number] | '';
  style: (typeof styles)[number] | '';
  format: (typeof formats)[number] | '';
  /** From 0 to 100, for the formats that lose detail. */
  compression: number | '';
  background: (typeof backgrounds)[number] | '';
  wishes: Record<WishName, string>;
}

export function newOptions(): PictureOptions {
  return {
    model: '',
    prompt: '',
    n: 1,
    size: '',
    quality: '',
    style: '',
    format: '',
    compression: '',
    background: '',
    wishes: noWishes(),
  };
}

export function noWishes(): Record<WishName, string> {
  return {
    subject: '',
    art_style: '',
    artist: '',
    photography_style: '',
    composition: '',
    lighting: '',
    color: '',
    camera_settings: '',
    special_effects: '',
    resolution: '',
  };
}
