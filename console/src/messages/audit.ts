import { defineText } from '../text/text.ts';
import { words } from './en/audit.ts';

export const auditText = defineText(words, {
  'zh-Hans': () => import('./zh-Hans/audit.ts'),
  'zh-Hant': () => import('./zh-Hant/audit.ts'),
  ru: () => import('./ru/audit.ts'),
});
