import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFrontDoor } from '../../../../local/front-door/front-door.ts';
import { requestLine } from '../../../../local/front-door/request-line.ts';
import { createRouter } from '../../../../local/front-door/router.ts';
import { LocalRuntimeError } from '../../../../local/local-runtime-error.ts';
import { call } from '../http-call.ts';
import { inProcessDoor, streaming } from './in-process-door.ts';

describe('requests are recorded', () => {
  it('with the id of the answer, without the query', async () => {
    const door = await inProcessDoor({
      models: streaming(
        `const output = from(stream, { statusCode: 404, headers: { 'x-request-id': 'id-1' } }); output.write('12345'); output.end();`,
      ),
    });
    const record = door.nextRecord();
    await call(`${door.url}/x?key=secret`);
    const { firstByte = -1, duration, bytes, ...rest } = await record;
    expect(rest).toEqual({ id: 'id-1', method: 'GET', path: '/x', status: 404, ending: 'complete' });
    expect(firstByte).toBeGreaterThanOrEqual(0);
    expect(duration).toBeGreaterThanOrEqual(firstByte);
    expect(bytes).toBeGreaterThan(5);
  });

  it('also when the client leaves in the middle of its own body', async () => {
    const door = await inProcessDoor({ models: streaming('') });
    const record = door.nextRecord();
    const socket = connect(Number(new URL(door.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST /v1/models HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhalf', () => socket.destroy());
    expect(await record).toMatchObject({
      method: 'POST',
      status: undefined,
      firstByte: undefined,
      ending: 'client-left',
    });
  });

  it('each apart on one connection', async () => {
    const door = await inProcessDoor({ models: streaming(`stream.write('x'.repeat(1000)); stream.end();`) });
    const first = door.nextRecord();
    await call(door.url, { headers: { connection: 'keep-alive' } });
    await first;
    const second = door.nextRecord();
    await call(door.url, { headers: { connection: 'keep-alive' } });
    const { bytes } = await second;
    expect(bytes).toBeLessThan(1500);
  });

  it('as lines for people', () => {
    const record = {
      id: 'a',
      method: 'GET',
      path: '/x',
      status: 200,
      firstByte: 1.23,
      duration: 45.6,
      bytes: 7,
      ending: 'complete',
    } as const;
    const now = new Date('2026-11-21T10:11:12.345Z');
    expect(requestLine(record, now)).toBe('10:11:12.345 a GET /x 200 first byte 1.2 ms, 46 ms, 7 bytes');
    const left = requestLine({ ...record, status: undefined, firstByte: undefined, ending: 'client-left' }, now);
    expect(left).toBe('10:11:12.345 a GET /x - first byte -, 46 ms, 7 bytes, client left');
  });
});

describe('the address', () => {
  const nothing = { route: createRouter([], 'models'), functions: { invoke: () => {} }, onRequest: () => {} };

  it('that is taken gives a message that names PORT', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const opening = openFrontDoor({ host: '127.0.0.1', port, ...nothing });
    await expect(opening).rejects.toThrow(LocalRuntimeError);
    await expect(opening).rejects.toThrow(`Port ${port} is taken. Set PORT`);
  });

  it('is free again after close, also with requests under way', async () => {
    const door = await openFrontDoor({ host: '127.0.0.1', port: 0, ...nothing });
    const waiting = call(door.url);
    const failed = expect(waiting).rejects.toThrow();
    const idle = connect(Number(new URL(door.url).port), '127.0.0.1').on('error', () => {});
    await once(idle, 'connect');
    await door.close();
    await failed;
    const again = await openFrontDoor({ host: '127.0.0.1', port: Number(new URL(door.url).port), ...nothing });
    await again.close();
  });
});

describe('the router', () => {
  it('prefers fixed paths to parameters, and refuses two functions on one path', () => {
    const route = createRouter(
      [
        { path: '/v1/models/{model}', function: 'models' },
        { path: '/v1/models/status', function: 'status' },
      ],
      'chats',
    );
    expect(['/v1/models/status', '/v1/models/x', '/v1/models/', '/v1/models/a/b', '/'].map(route)).toEqual([
      'status',
      'models',
      'chats',
      'chats',
      'chats',
    ]);
    const twice = [
      { path: '/x', function: 'models' },
      { path: '/x', function: 'status' },
    ] as const;
    expect(() => createRouter(twice, 'models')).toThrow('a path has one function');
  });
});
