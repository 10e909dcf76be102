import { defineText } from '../text/text.ts';
import { words } from './en/settings.ts';

export const settingsText = defineText(words, {
  'zh-Hans': () => import('./zh-Hans/settings.ts'),
  'zh-Hant': () => import('./zh-Hant/settings.ts'),
  ru: () => import('./ru/settings.ts'),
});
