import { defineText } from '../text/text.ts';
import { words } from './en/usage.ts';

export const usageText = defineText(words, {
  'zh-Hans': () => import('./zh-Hans/usage.ts'),
  'zh-Hant': () => import('./zh-Hant/usage.ts'),
  ru: () => import('./ru/usage.ts'),
});
