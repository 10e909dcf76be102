import { defineText } from '../text/text.ts';
import { words } from './en/jobs.ts';

export const jobsText = defineText(words, {
  'zh-Hans': () => import('./zh-Hans/jobs.ts'),
  'zh-Hant': () => import('./zh-Hant/jobs.ts'),
  ru: () => import('./ru/jobs.ts'),
});
