import { defineText } from '../text/text.ts';
import { words } from './en/playground-video.ts';

export const playgroundVideoText = defineText(words, {
  'zh-Hans': () => import('./zh-Hans/playground-video.ts'),
  'zh-Hant': () => import('./zh-Hant/playground-video.ts'),
  ru: () => import('./ru/playground-video.ts'),
});
