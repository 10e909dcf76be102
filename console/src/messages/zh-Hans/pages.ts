import type { PagesWords } from '../en/pages.ts';

export const words: PagesWords = {
  home: '首页',
  'sign-in': '登录',
  accounts: '账号',
  keys: '密钥',
  usage: '用量',
  jobs: '任务',
  playground: '试用',
  settings: '设置',
  audit: '审计日志',
  requests: '请求记录',
};
