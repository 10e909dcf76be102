import type { SignInWords } from '../en/sign-in.ts';

export const words: SignInWords = {
  title: '登录',
  lead: '使用本网关的管理员密钥。',
  key: '管理员密钥',
  hint: '只用来开启本标签页的会话，不会保存。',
  refused: '网关不接受此密钥，或者它不是管理员密钥。',
  signIn: '登录',
  ended: '会话已结束。请重新登录后继续。',
  where:
    '在本机上，网关首次启动时会显示一次管理员密钥；也可在 .env 中用 API_KEY 指定。在 AWS 上由 npm run import 生成。',
};
