import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { call, openCall } from '../http-call.ts';
import { inProcessDoor, streaming } from './in-process-door.ts';

const echo = streaming(`
  const output = from(stream, { statusCode: 200, headers: { 'content-type': 'application/json', 'x-request-id': 'answer-1' } });
  output.write(JSON.stringify({ event, name: context.functionName, left: context.getRemainingTimeInMillis() }));
  output.end();`);

describe('a streamed answer', () => {
  it('has the status, headers and cookies of the function, and nothing of ours', async () => {
    const head = {
      statusCode: 201,
      headers: { 'Content-Type': 'text/plain', 'x-count': 3, connection: 'close' },
      cookies: ['a=1', 'b=2'],
    };
    const { url } = await inProcessDoor({
      models: streaming(`const output = from(stream, ${JSON.stringify(head)}); output.write('hi'); output.end();`),
    });
    const { status, headers, text: body } = await call(url);
    expect([status, body]).toEqual([201, 'hi']);
    const { date, 'keep-alive': keepAlive, ...own } = headers;
    expect(own).toEqual({
      'content-type': 'text/plain',
      'x-count': '3',
      'set-cookie': ['a=1', 'b=2'],
      connection: 'keep-alive',
      'transfer-encoding': 'chunked',
    });
  });

  it('reaches the client piece by piece', async () => {
    const { url } = await inProcessDoor({
      models: streaming(`
        const output = from(stream, { statusCode: 200, headers: {} });
        output.write('first');
        await new Promise((resolve) => { globalThis.releaseSecondPiece = resolve; });
        output.write('second');
        output.end();`),
    });
    const response = await openCall(url);
    const [piece]: unknown[] = await once(response, 'data');
    expect(String(piece)).toBe('first');
    const release: unknown = Reflect.get(globalThis, 'releaseSecondPiece');
    if (typeof release === 'function') release();
    expect(await text(response)).toBe('second');
  });

  it('tells a fast function to wait for a slow reader, and goes on when it reads', async () => {
    const { url } = await inProcessDoor({
      models: streaming(`
        const output = from(stream, { statusCode: 200, headers: {} });
        const piece = 'x'.repeat(1024 * 1024);
        let waits = 0;
        for (let count = 0; count < 32; count += 1) if (!output.write(piece)) { waits += 1; await once(output, 'drain'); }
        output.write(String(waits));
        await new Promise((resolve) => output.end(resolve));`),
    });
    const response = await openCall(url);
    const body = await text(response);
    expect(body.length).toBeGreaterThan(32 * 1024 * 1024);
    expect(Number(body.slice(32 * 1024 * 1024))).toBeGreaterThan(0);
  });

  it('is octets with status 200 when the function says no more', async () => {
    const { url } = await inProcessDoor({ models: streaming(`stream.write(new Uint8Array([0, 255])); stream.end();`) });
    const { status, headers, body } = await call(url);
    expect([status, headers['content-type'], [...body]]).toEqual([200, 'application/octet-stream', [0, 255]]);
  });

  it('takes a content type without a head, a callback of write, and text in another encoding', async () => {
    const { url } = await inProcessDoor({
      models: streaming(`
        stream.setContentType('text/x-test');
        await new Promise((resolve) => stream.write('6869', 'hex', resolve));
        stream.end('!');`),
    });
    const { headers, text: body } = await call(url);
    expect([headers['content-type'], body]).toEqual(['text/x-test', 'hi!']);
  });

  it('without a body goes out all the same, with a warning that AWS would lose it', async () => {
    const { url, log } = await inProcessDoor({
      models: streaming(`from(stream, { statusCode: 204, headers: { 'x-a': 'b' } }).end();`),
    });
    const { status, headers } = await call(url);
    expect([status, headers['x-a']]).toEqual([204, 'b']);
    expect(log.join()).toContain('without a write');
  });

  it('has no body for HEAD', async () => {
    const { url } = await inProcessDoor({ models: echo });
    const { status, body } = await call(`${url}/v1/models`, { method: 'HEAD' });
    expect([status, body.length]).toEqual([200, 0]);
  });
});

describe('a client that leaves', () => {
  it('is announced by close; what is written then is dropped, and the function runs on', async () => {
    const door = await inProcessDoor({
      models: streaming(`
        const output = from(stream, { statusCode: 200, headers: {} });
        output.write('begin');
        await once(output, 'close');
        const after = output.write('dropped');
        await once(output, 'drain');
        globalThis.leftTold({ after, writable: output.writable, destroyed: output.destroyed });
        output.end();`),
    });
    const told = new Promise((resolve) => Object.assign(globalThis, { leftTold: resolve }));
    const record = door.nextRecord();
    const response = await openCall(door.url);
    await once(response, 'data');
    response.destroy();
    expect(await told).toEqual({ after: false, writable: false, destroyed: true });
    expect(await record).toMatchObject({ status: 200, ending: 'client-left' });
  });
});
