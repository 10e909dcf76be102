import type { SignInWords } from '../en/sign-in.ts';

export const words: SignInWords = {
  title: '登入',
  lead: '使用本閘道的管理員金鑰。',
  key: '管理員金鑰',
  hint: '只用來開始本分頁的工作階段，不會保存。',
  refused: '閘道不接受此金鑰，或它不是管理員金鑰。',
  signIn: '登入',
  ended: '工作階段已結束。請重新登入後繼續。',
  where:
    '在本機上，閘道首次啟動時會顯示一次管理員金鑰；也可在 .env 中以 API_KEY 指定。在 AWS 上由 npm run import 產生。',
};
