import { defineText } from '../text/text.ts';
import { words } from './en/playground.ts';

export const playgroundText = defineText(words, {
  'zh-Hans': () => import('./zh-Hans/playground.ts'),
  'zh-Hant': () => import('./zh-Hant/playground.ts'),
  ru: () => import('./ru/playground.ts'),
});
