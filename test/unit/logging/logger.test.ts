import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../shared/logging/logger.ts';

function logged(level: string, use: (logger: ReturnType<typeof createLogger>) => void): readonly string[] {
  const lines: string[] = [];
  use(createLogger(level, (line) => lines.push(line)));
  return lines;
}

const sessionToken = 'eyJhbGciOiJIUzI1NiJ9.eyJpZCI6IjEifQ.c2lnbmF0dXJl';

describe('createLogger', () => {
  it('writes one JSON object a line', () => {
    const [line = ''] = logged('info', (logger) => logger.info('request', { status: 200, text: 'a\nb' }));
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toMatchObject({ level: 'info', message: 'request', status: 200, text: 'a\nb' });
  });

  it('drops lines below its level', () => {
    const lines = logged('warn', (logger) => {
      logger.debug('a');
      logger.info('b');
      logger.warn('c');
      logger.error('d');
    });
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(['c', 'd']);
  });

  it.each([
    ['a secret by its name', { token: 'plain' }],
    ['a list of secrets', { tokens: ['plain'] }],
    ['a nested secret', { account: { password: 'plain' } }],
    ['a cookie', { Cookie: 'plain' }],
    ['a web token in a text', { reason: `refused ${sessionToken} there` }],
    ['a gateway key in a text', { reason: 'key sk-abcdefgh12345 is unknown' }],
    ['a login in a URL', { proxyUrl: 'socks5://me:hunter2-hunter2@127.0.0.1:1080' }],
    ['a bearer value in an error', { error: new Error(`Bearer ${sessionToken}`) }],
    ['a secret in an error’s cause', { error: new Error('x', { cause: new Error(`sent ${sessionToken}`) }) }],
  ])('keeps %s out', (_what, fields) => {
    const [line = ''] = logged('info', (logger) => logger.info('m', fields));
    expect(line).toContain('[redacted]');
    expect(line).not.toMatch(/plain|eyJ|sk-abcdefgh|hunter2/);
  });

  it('leaves counts and the rest readable', () => {
    const [line = ''] = logged('info', (logger) => logger.info('m', { inputTokens: 12, model: 'qwen3.7-plus' }));
    expect(JSON.parse(line)).toMatchObject({ inputTokens: 12, model: 'qwen3.7-plus' });
  });

  it('tells an error with its stack and cause', () => {
    const error = new TypeError('bad', { cause: new Error('deep') });
    const [line = ''] = logged('error', (logger) => logger.error('m', { error }));
    const { error: told } = JSON.parse(line);
    expect(told).toMatchObject({ name: 'TypeError', text: 'bad', cause: { text: 'deep' } });
    expect(told.stack).toContain('logger.test.ts');
  });
});
