import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { streaming, writeFunction } from '../front-door/in-process-door.ts';
import { call, openCall } from '../http-call.ts';
import { lambdaDoor } from './lambda-door.ts';

// Every test starts processes, which takes its time on a busy machine.
const patience = { timeout: 30_000 };

const whoAmI = streaming(
  `const output = from(stream, { statusCode: 200, headers: {} }); output.write(String(process.pid)); output.end();`,
);

describe('a streamed answer', patience, () => {
  it('has the head of its prelude, and comes piece by piece', async () => {
    const { url, line } = await lambdaDoor(
      streaming(`
        const output = from(stream, { statusCode: 201, headers: { 'Content-Type': 'text/event-stream' }, cookies: ['a=1'] });
        output.write('first');
        console.log('first is out');
        const more = await fetch(event.headers['x-continue']);
        output.write(await more.text());
        output.end();`),
    );
    const gate = await lambdaDoor(
      streaming(`const output = from(stream, { statusCode: 200, headers: {} }); output.write('second'); output.end();`),
    );
    const response = await openCall(url, { headers: { 'x-continue': gate.url } });
    expect(response.statusCode).toBe(201);
    expect(response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'set-cookie': ['a=1'] });
    const [piece]: unknown[] = await once(response, 'data');
    expect(String(piece)).toBe('first');
    expect(await text(response)).toBe('second');
    expect(await line(/first is out/)).toBe('[models] first is out');
  });

  it('waits for a slow reader', async () => {
    const { url } = await lambdaDoor(
      streaming(`
        const output = from(stream, { statusCode: 200, headers: {} });
        const piece = 'x'.repeat(1024 * 1024);
        let waits = 0;
        for (let count = 0; count < 24; count += 1) if (!output.write(piece)) { waits += 1; await once(output, 'drain'); }
        output.write('waits: ' + (waits > 0));
        await new Promise((resolve) => output.end(resolve));`),
    );
    const body = await text(await openCall(url));
    expect([body.length, body.slice(-11)]).toEqual([24 * 1024 * 1024 + 11, 'waits: true']);
  });

  it('without a head is octets with status 200', async () => {
    const { url } = await lambdaDoor(streaming(`stream.write('raw'); stream.end();`));
    const { status, headers, text: body } = await call(url);
    expect([status, headers['content-type'], body]).toEqual([200, 'application/octet-stream', 'raw']);
  });

  it('that ends without a write loses its head, as on AWS', async () => {
    const { url, line } = await lambdaDoor(streaming(`from(stream, { statusCode: 204, headers: {} }).end();`));
    expect((await call(url)).status).toBe(502);
    await line(/without a write/);
  });
});

describe('a function', patience, () => {
  it('gets event, context and environment', async () => {
    const { url } = await lambdaDoor(
      streaming(`
        const output = from(stream, { statusCode: 200, headers: {} });
        const { GIVEN, AWS_LAMBDA_FUNCTION_NAME, AWS_LAMBDA_FUNCTION_MEMORY_SIZE, HOME } = process.env;
        output.write(JSON.stringify({ event, id: context.awsRequestId, left: context.getRemainingTimeInMillis(), GIVEN, AWS_LAMBDA_FUNCTION_NAME, AWS_LAMBDA_FUNCTION_MEMORY_SIZE, HOME }));
        output.end();`),
      { memoryMegabytes: 512, timeoutSeconds: 30 },
    );
    const { text: body } = await call(`${url}/x?a=1`, {
      method: 'PUT',
      headers: { 'content-type': 'text/plain' },
      body: 'hi',
    });
    const { event, id, left, ...environment } = JSON.parse(body);
    expect(event).toMatchObject({
      rawPath: '/x',
      rawQueryString: 'a=1',
      body: 'hi',
      requestContext: { requestId: id, http: { method: 'PUT' } },
    });
    expect(left).toBeLessThanOrEqual(30_000);
    expect(environment).toEqual({
      GIVEN: 'to the function',
      AWS_LAMBDA_FUNCTION_NAME: 'models',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    });
  });

  it('that does not stream is served too', async () => {
    const { url } = await lambdaDoor(
      `export const handler = async (event) => event.rawPath === '/plain' ? { a: 1 } : { statusCode: 418, headers: { 'x-a': 'b' }, body: 'aGk=', isBase64Encoded: true };`,
    );
    const plain = await call(`${url}/plain`);
    expect([plain.status, plain.text]).toEqual([200, '{"a":1}']);
    const whole = await call(`${url}/whole`);
    expect([whole.status, whole.headers['x-a'], whole.text]).toEqual([418, 'b', 'hi']);
  });

  it('runs each of two requests at once in an environment of its own, and reuses both', async () => {
    const { url, line, log } = await lambdaDoor(
      streaming(`
        const output = from(stream, { statusCode: 200, headers: {} });
        const next = event.headers['x-next'];
        output.write(process.pid + ' ' + (next === undefined ? '' : await (await fetch(next)).text()));
        output.end();`),
    );
    const both = await call(url, { headers: { 'x-next': url } });
    const [outer = '', inner = ''] = both.text.trim().split(' ');
    expect(outer).not.toBe(inner);
    await line(/REPORT/, 1);
    expect([outer, inner]).toContain((await call(url)).text.trim());
    expect(log.filter((entry) => entry.includes('Init Duration'))).toHaveLength(2);
  });

  it('is reported like on AWS', async () => {
    const { url, line } = await lambdaDoor(whoAmI);
    await call(url);
    expect(await line(/REPORT/)).toMatch(
      /^\[models\] REPORT RequestId: [0-9a-f-]{36} Duration: \d+\.\d\d ms Billed Duration: \d+ ms Memory Size: 256 MB Max Memory Used: \d+ MB Init Duration: \d+\.\d\d ms$/,
    );
  });

  it('runs on when the client has left', async () => {
    const { url, line } = await lambdaDoor(
      streaming(`
        const output = from(stream, { statusCode: 200, headers: {} });
        output.write('begin');
        await fetch(event.headers['x-continue']);
        output.write('more');
        console.log('done after all');
        output.end();`),
    );
    const gate = createServer(async (_request, response) => {
      await line(/the client left; the function runs on/);
      response.end();
    });
    gate.listen(0, '127.0.0.1');
    await once(gate, 'listening');
    onTestFinished(() => void gate.close());
    const address = gate.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const response = await openCall(url, { headers: { 'x-continue': `http://127.0.0.1:${port}` } });
    await once(response, 'data');
    response.destroy();
    await line(/done after all/);
    expect(await line(/REPORT/)).not.toContain('Status');
  });

  it('whose code has changed is loaded anew; the old environment is not used again', async () => {
    const { url, host, folder, line } = await lambdaDoor(streaming(`stream.write('old'); stream.end();`));
    expect((await call(url)).text).toBe('old');
    await line(/REPORT/);
    await writeFunction(folder, 'models', streaming(`stream.write('new'); stream.end();`));
    host.retire(['models']);
    expect((await call(url)).text).toBe('new');
  });
});
