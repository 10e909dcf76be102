import { describe, expect, it } from 'vitest';
import { readProxyUrl } from '../../../shared/chat/proxy-url.ts';

describe('readProxyUrl', () => {
  it.each(['http://127.0.0.1:8080', 'https://proxy.example:443/', 'socks5://user:p%40ss@[::1]:1080'])(
    'takes %s',
    (text) => {
      expect(readProxyUrl(` ${text} `).protocol).toMatch(/^(http|https|socks5):$/);
    },
  );

  it.each([
    'hunter2',
    'ftp://u:hunter2@host:1',
    'socks4://u:hunter2@host:1',
    'http://u:hunter2@host:1/path',
    'http://host:1?hunter2',
    'http://host:1#hunter2',
    'http://u:hunter2@',
    'http://u:hunter2@host:99999',
  ])('refuses %s without repeating it', (text) => {
    expect(() => readProxyUrl(text)).toThrow(TypeError);
    expect(() => readProxyUrl(text)).toThrow(/^(?!.*hunter2)/s);
  });
});
