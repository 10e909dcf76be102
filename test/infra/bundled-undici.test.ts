import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runBundled, startServer } from './support/run-bundled.ts';

describe('the slimmed undici', () => {
  const call = (body: string): string => `
    import request from 'undici/lib/api/api-request.js';
    import Agent from 'undici/lib/dispatcher/agent.js';
    const agent = new Agent({ allowH2: false });
    export const handler = async () => {
      const options = { origin: process.env.ORIGIN, path: '/', method: 'POST', body: ${body} };
      const { statusCode, body } = await request.call(agent, options);
      return { statusCode, answer: await body.json() };
    };
  `;

  it('speaks HTTP with both settings of its parser', async () => {
    const { url, calls } = await startServer([201, { hello: 'there' }]);
    for (const UNDICI_NO_WASM_SIMD of ['0', '1']) {
      const answer = await runBundled(call("'some text'"), { ORIGIN: url, UNDICI_NO_WASM_SIMD });
      expect(answer).toEqual({ statusCode: 201, answer: { hello: 'there' } });
    }
    expect(calls.map(({ body }) => body)).toEqual(['some text', 'some text']);
  });

  it('names what is wrong with an answer that is no HTTP', async () => {
    const server = createServer((socket) => socket.on('error', () => {}).end('HTTP/1.1 200 OK\r\nbad header\r\n\r\n'));
    onTestFinished(() => void server.close());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : '';
    const answer = await runBundled(call("'some text'"), { ORIGIN: `http://127.0.0.1:${port}` });
    expect(answer).toMatchObject({ error: 'HTTPParserError', message: expect.stringContaining('Invalid header') });
  });

  it('says what is left out when it is used', async () => {
    const answer = await runBundled(call('new FormData()'), { ORIGIN: 'http://127.0.0.1:1' });
    expect(answer).toMatchObject({ message: expect.stringContaining('undici-plugin.ts') });
  });
});
