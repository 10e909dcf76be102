import { defineText } from '../text/text.ts';
import { words } from './en/keys.ts';

export const keysText = defineText(words, {
  'zh-Hans': () => import('./zh-Hans/keys.ts'),
  'zh-Hant': () => import('./zh-Hant/keys.ts'),
  ru: () => import('./ru/keys.ts'),
});
