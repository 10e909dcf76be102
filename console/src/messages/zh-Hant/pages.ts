import type { PagesWords } from '../en/pages.ts';

export const words: PagesWords = {
  home: '首頁',
  'sign-in': '登入',
  accounts: '帳號',
  keys: '金鑰',
  usage: '用量',
  jobs: '工作',
  playground: '試用',
  settings: '設定',
  audit: '稽核日誌',
  requests: '請求紀錄',
};
