import { defineText } from '../text/text.ts';
import { words } from './en/accounts.ts';

export const accountsText = defineText(words, {
  'zh-Hans': () => import('./zh-Hans/accounts.ts'),
  'zh-Hant': () => import('./zh-Hant/accounts.ts'),
  ru: () => import('./ru/accounts.ts'),
});
