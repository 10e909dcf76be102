import { defineText } from '../text/text.ts';
import { words } from './en/requests.ts';

export const requestsText = defineText(words, {
  'zh-Hans': () => import('./zh-Hans/requests.ts'),
  'zh-Hant': () => import('./zh-Hant/requests.ts'),
  ru: () => import('./ru/requests.ts'),
});
