import { defineText } from '../text/text.ts';
import { words } from './en/playground-image.ts';

export const playgroundImageText = defineText(words, {
  'zh-Hans': () => import('./zh-Hans/playground-image.ts'),
  'zh-Hant': () => import('./zh-Hant/playground-image.ts'),
  ru: () => import('./ru/playground-image.ts'),
});
