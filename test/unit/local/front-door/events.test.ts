import { describe, expect, it } from 'vitest';
import { call } from '../http-call.ts';
import { inProcessDoor, streaming } from './in-process-door.ts';

const echo = streaming(`
  const output = from(stream, { statusCode: 200, headers: { 'content-type': 'application/json', 'x-request-id': 'answer-1' } });
  output.write(JSON.stringify({ event, name: context.functionName, left: context.getRemainingTimeInMillis() }));
  output.end();`);

describe('functions', () => {
  it('get a Function URL event and a context', async () => {
    const { url } = await inProcessDoor({ 'chat-completions': echo });
    const { text: body, headers } = await call(`${url}/v1/chat/completions?a=1&b=%20&a=2`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', Authorization: 'Bearer key', cookie: 'x=1; y=2', te: 'trailers' },
      body: '{"text":"grüß"}',
    });
    const { event, name, left } = JSON.parse(body);
    expect(name).toBe('chat-completions');
    expect(left).toBeGreaterThan(890_000);
    expect(headers['x-request-id']).toBe('answer-1');
    expect(event).toMatchObject({
      version: '2.0',
      rawPath: '/v1/chat/completions',
      rawQueryString: 'a=1&b=%20&a=2',
      queryStringParameters: { a: '1,2', b: ' ' },
      cookies: ['x=1', 'y=2'],
      body: '{"text":"grüß"}',
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'POST', path: '/v1/chat/completions', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        stage: '$default',
      },
    });
    expect(event.requestContext.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(event.requestContext.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    expect(event.headers).toMatchObject({
      authorization: 'Bearer key',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
    });
    expect(Object.keys(event.headers)).not.toEqual(expect.arrayContaining(['te']));
    expect(Object.keys(event.headers)).not.toEqual(expect.arrayContaining(['cookie']));
  });

  it.each([
    ['image/png', Buffer.from([0, 255, 10]), true],
    ['application/octet-stream', Buffer.from('text'), true],
    ['text/plain; charset=utf-8', Buffer.from('ä'), false],
    ['application/vnd.api+json', Buffer.from('{}'), false],
  ])('get a body of type %s as Lambda hands it over', async (type, body, encoded) => {
    const { url } = await inProcessDoor({ chats: echo });
    const { text: answer } = await call(`${url}/api/chats`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    const { event } = JSON.parse(answer);
    expect([event.isBase64Encoded, event.body]).toEqual([encoded, body.toString(encoded ? 'base64' : 'utf8')]);
  });

  it('share the process: many requests run at once', async () => {
    const { url } = await inProcessDoor({
      models: streaming(`
        globalThis.together ??= { count: 0 };
        const { together } = globalThis;
        together.count += 1;
        if (together.count === 5) together.release(); else await (together.all ??= new Promise((resolve) => { together.release = resolve; }));
        stream.write('ok'); stream.end();`),
    });
    const results = await Promise.all(Array.from({ length: 5 }, () => call(url)));
    expect(results.map(({ text: body }) => body)).toEqual(Array(5).fill('ok'));
  });
});

describe('paths', () => {
  it.each([
    ['/v1/chat/completions', 'chat-completions'],
    ['/v1/chat/completions/', 'chat-completions'],
    ['/api/chats?x=1', 'chats'],
    ['/v1/models/qwen%2Fbig', 'models'],
    ['/nowhere', 'models'],
  ])('%s is served by %s, whatever the method', async (path, name) => {
    const { url } = await inProcessDoor({ models: echo, chats: echo, 'chat-completions': echo });
    for (const method of ['GET', 'POST', 'OPTIONS'])
      expect(JSON.parse((await call(url + path, { method })).text).name).toBe(name);
  });
});

describe('a body over 6 MB', () => {
  const tooMuch = Buffer.alloc(6 * 1024 * 1024 + 1);

  it.each([{ 'content-length': String(tooMuch.length) }, { 'transfer-encoding': 'chunked' }])(
    'is refused in the words of Lambda, and told the way for files (%o)',
    async (headers) => {
      const { url } = await inProcessDoor({ models: echo });
      const { status, text: body } = await call(url, { method: 'POST', headers, body: tooMuch });
      expect([status, JSON.parse(body)]).toMatchObject([413, { message: 'Request Entity Too Large' }]);
      expect(JSON.parse(body).error.message).toMatch(/POST \/v1\/uploads.*POST \/api\/files\/sign/);
    },
  );

  it('is taken when it just fits', async () => {
    const { url } = await inProcessDoor({ models: echo });
    expect((await call(url, { method: 'POST', body: tooMuch.subarray(1) })).status).toBe(200);
  });

  it('is one of three quarters of that where it is no text', async () => {
    const { url } = await inProcessDoor({ models: echo });
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const binary = tooMuch.subarray(0, (6 * 1024 * 1024 * 3) / 4 + 1);
    expect((await call(url, { method: 'POST', headers, body: binary })).status).toBe(413);
    expect((await call(url, { method: 'POST', headers, body: binary.subarray(1) })).status).toBe(200);
  });
});
