import { defineText } from '../text/text.ts';
import { words } from './en/home.ts';

export const homeText = defineText(words, {
  'zh-Hans': () => import('./zh-Hans/home.ts'),
  'zh-Hant': () => import('./zh-Hant/home.ts'),
  ru: () => import('./ru/home.ts'),
});
