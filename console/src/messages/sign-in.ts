import { defineText } from '../text/text.ts';
import { words } from './en/sign-in.ts';

export const signInText = defineText(words, {
  'zh-Hans': () => import('./zh-Hans/sign-in.ts'),
  'zh-Hant': () => import('./zh-Hant/sign-in.ts'),
  ru: () => import('./ru/sign-in.ts'),
});
