import type { WishName } from './picture-options.ts';

/** Names of ready-made looks. */
export const lookNames = ['photograph', 'cinema', 'watercolour', 'ink', 'poster', 'pixels'] as const;

export type LookName = (typeof lookNames)[number];

/** What each look wishes for; in English, which the models know best. */
export const looks: Readonly<Record<LookName, Readonly<Partial<Record<WishName, string>>>>> = {
  photograph: {
    photography_style: 'documentary photograph',
    lighting: 'soft daylight from a window',
    camera_settings: '50 mm lens, f/2, shallow depth of field',
  },
  cinema: {
    photography_style: 'still of a feature film',
    composition: 'wide frame, low horizon',
    lighting: 'golden hour with long shadows',
    color: 'teal and amber',
  },
  watercolour: {
    art_style: 'watercolour on rough paper',
    color: 'pale and transparent',
    special_effects: 'visible brush strokes and runs',
  },
  ink: { art_style: 'ink wash painting', composition: 'much empty space', color: 'black ink on ivory' },
  poster: { art_style: 'screen-printed travel poster', composition: 'large flat shapes', color: 'four flat colours' },
  pixels: { art_style: 'pixel art of a 16-bit game', color: 'palette of 32 colours', resolution: 'coarse pixels' },
};
