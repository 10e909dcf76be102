import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { call, openCall } from '../http-call.ts';
import { inProcessDoor, streaming } from './in-process-door.ts';

const echo = streaming(`
  const output = from(stream, { statusCode: 200, headers: { 'content-type': 'application/json', 'x-request-id': 'answer-1' } });
  output.write(JSON.stringify({ event, name: context.functionName, left: context.getRemainingTimeInMillis() }));
  output.end();`);

describe('a function that fails', () => {
  it('before the head gives the answer that Lambda gives, and the log tells why', async () => {
    const { url, log } = await inProcessDoor({ models: streaming(`throw new RangeError('secret reason');`) });
    const { status, headers, text: body } = await call(url);
    expect([status, headers['content-type'], body]).toEqual([
      502,
      'application/json',
      '{"message":"Internal Server Error"}',
    ]);
    expect(log.join()).toContain('secret reason');
  });

  it('after the head breaks the connection off', async () => {
    const door = await inProcessDoor({
      models: streaming(
        `const output = from(stream, { statusCode: 200, headers: {} }); output.write('half'); throw new Error('late');`,
      ),
    });
    const record = door.nextRecord();
    const response = await openCall(door.url);
    await expect(text(response)).rejects.toThrow('aborted');
    expect(await record).toMatchObject({ status: 200, ending: 'broken' });
  });

  it('with a head that HTTP does not allow is an error too', async () => {
    const { url } = await inProcessDoor({
      models: streaming(
        `const output = from(stream, { statusCode: 200, headers: { 'x-a': 'line\\nbreak' } }); output.write('hi'); output.end();`,
      ),
    });
    expect((await call(url)).status).toBe(502);
  });

  it('to load, or that exports no handler, is an error of that function only', async () => {
    const { url, log } = await inProcessDoor({
      models: echo,
      status: 'export const other = 1;',
      chats: 'throw new Error("at import");',
    });
    expect((await call(`${url}/api/status`)).status).toBe(502);
    expect((await call(`${url}/api/chats`, { method: 'POST' })).status).toBe(502);
    expect((await call(`${url}/v1/models`)).status).toBe(200);
    expect(log.join()).toMatch(/status exports no handler[\s\S]*at import/);
  });
});
