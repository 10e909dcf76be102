import { defineText } from '../text/text.ts';
import { words } from './en/pages.ts';

export const pagesText = defineText(words, {
  'zh-Hans': () => import('./zh-Hans/pages.ts'),
  'zh-Hant': () => import('./zh-Hant/pages.ts'),
  ru: () => import('./ru/pages.ts'),
});
