import type { AccountInput } from '../../../accounts/add-account.ts';

/** An account in one text: `email:password`, either with `|proxy` behind it, or a token. */
export function accountOfText(text: string): AccountInput {
  const [, body = '', proxyUrl] = /^(.*?)(?:\|((?:https?|socks5):\/\/.+))?$/s.exec(text.trim()) ?? [];
  const proxy = proxyUrl === undefined ? {} : { proxyUrl };
  const [, email, password] = /^([^\s@:]+@[^\s@:]+):(.+)$/s.exec(body) ?? [];
  return email === undefined || password === undefined ? { token: body, ...proxy } : { email, password, ...proxy };
}
