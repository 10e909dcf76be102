import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { Exchange } from '../../../shared/upstreams/qwen-web/exchange.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Starts a call to a server of its own. @param answer does what the server shall do with it. */
async function call(answer: (response: ServerResponse) => void, signal = new AbortController().signal) {
  const server = createServer((_request, response) => answer(response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const agent = new Agent({ allowH2: false });
  ends.push(
    () => server.close(),
    () => agent.destroy(),
  );
  const exchange = new Exchange(signal);
  agent.dispatch({ origin: `http://127.0.0.1:${address.port}`, path: '/', method: 'GET' }, exchange);
  return exchange.response;
}

describe('Exchange', () => {
  it('gives the head before the body, and the body to its end', async () => {
    const { promise: mayEnd, resolve } = Promise.withResolvers<void>();
    const { status, headers, body } = await call((response) => {
      response.writeHead(201, { 'X-Kind': 'test' }).write('one');
      void mayEnd.then(() => response.end('two'));
    });
    expect(status).toBe(201);
    expect(headers['x-kind']).toBe('test');
    expect(String(await body.next())).toBe('one');
    resolve();
    expect(String(await body.next())).toBe('two');
    expect(await body.next()).toBeUndefined();
  });

  it('takes a 1xx for no answer', async () => {
    const { status } = await call((response) => {
      response.writeProcessing();
      response.writeHead(204).end();
    });
    expect(status).toBe(204);
  });

  it('rejects when the connection breaks before the head', async () => {
    await expect(call((response) => response.destroy())).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  });

  it('breaks the body when the connection breaks in it', async () => {
    const { body } = await call((response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('one', () => response.destroy());
    });
    expect(String(await body.next())).toBe('one');
    await expect(body.next()).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  });

  it('rejects with the reason when it is aborted from the start', async () => {
    const reason = new Error('too late');
    await expect(call((response) => response.end(), AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('rejects with the reason when it is aborted before the head, and closes the connection', async () => {
    const controller = new AbortController();
    const reason = new Error('left');
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const response = call((answer) => {
      answer.once('close', resolve);
      controller.abort(reason);
    }, controller.signal);
    await expect(response).rejects.toBe(reason);
    await closed;
  });

  it('breaks the body with the reason when it is aborted in it, and closes the connection', async () => {
    const controller = new AbortController();
    const reason = new Error('left');
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const { body } = await call((response) => {
      response.once('close', resolve);
      response.write('one');
    }, controller.signal);
    expect(String(await body.next())).toBe('one');
    controller.abort(reason);
    await expect(body.next()).rejects.toBe(reason);
    await closed;
  });

  it('closes the connection when the body is closed', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const { body } = await call((response) => {
      response.once('close', resolve);
      response.write('one');
    });
    body.close();
    await closed;
  });

  it('leaves no listener on the signal of a call that is over', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...listener: Parameters<typeof add>) => {
      listeners += 1;
      add(...listener);
    };
    signal.removeEventListener = (...listener: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...listener);
    };
    const { body } = await call((response) => response.end('one'), signal);
    while ((await body.next()) !== undefined);
    expect(listeners).toBe(0);
  });
});
