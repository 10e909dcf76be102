import { defineText } from '../text/text.ts';
import { words } from './en/shell.ts';

export const shellText = defineText(words, {
  'zh-Hans': () => import('./zh-Hans/shell.ts'),
  'zh-Hant': () => import('./zh-Hant/shell.ts'),
  ru: () => import('./ru/shell.ts'),
});
