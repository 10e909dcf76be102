import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { streaming } from '../front-door/in-process-door.ts';
import { call, openCall } from '../http-call.ts';
import { lambdaDoor } from './lambda-door.ts';

// Every test starts processes, which takes its time on a busy machine.
const patience = { timeout: 30_000 };

const whoAmI = streaming(
  `const output = from(stream, { statusCode: 200, headers: {} }); output.write(String(process.pid)); output.end();`,
);

describe('a function that fails', patience, () => {
  it('before the head gives 502, and its environment lives on', async () => {
    const { url, line } = await lambdaDoor(
      streaming(
        `if (event.rawPath === '/fail') throw new RangeError('secret'); stream.write(String(process.pid)); stream.end();`,
      ),
    );
    const before = (await call(url)).text;
    await line(/REPORT/);
    const { status, text: body } = await call(`${url}/fail`);
    expect([status, body]).toEqual([502, '{"message":"Internal Server Error"}']);
    await line(/failed: RangeError/);
    await line(/RangeError: secret/);
    await line(/REPORT/, 1);
    expect((await call(url)).text).toBe(before);
  });

  it('after the head breaks the connection off', async () => {
    const { url } = await lambdaDoor(
      streaming(
        `const output = from(stream, { statusCode: 200, headers: {} }); output.write('half'); await fetch(event.headers['x-continue']); throw new Error('late');`,
      ),
    );
    const gate = await lambdaDoor(whoAmI);
    const response = await openCall(url, { headers: { 'x-continue': gate.url } });
    await expect(text(response)).rejects.toThrow('aborted');
  });

  it('by dying gives 502, and the next request a new environment', async () => {
    const { url, line } = await lambdaDoor(
      streaming(`if (event.rawPath === '/die') process.exit(7); stream.write(String(process.pid)); stream.end();`),
    );
    const before = (await call(url)).text;
    await line(/REPORT/);
    expect((await call(`${url}/die`)).status).toBe(502);
    await line(/its environment ended \(exit code 7\)/);
    await line(/REPORT .* Status: error/);
    const after = await call(url);
    expect(after.status).toBe(200);
    expect(after.text).not.toBe(before);
  });

  it('by destroying its stream kills its environment, as on AWS', async () => {
    const { url, line } = await lambdaDoor(
      streaming(
        `const output = from(stream, { statusCode: 200, headers: {} }); output.write('x'); output.destroy(new Error('no')); await new Promise(() => {});`,
      ),
    );
    await call(url).catch(() => {});
    await line(/its environment ended/);
  });

  it('to load gives 502 and tells why', async () => {
    const { url, line } = await lambdaDoor(`throw new TypeError('at import');`);
    expect((await call(url)).status).toBe(502);
    expect(await line(/could not be loaded/)).toContain('at import');
    expect((await call(url)).status).toBe(502);
  });

  it('to export a handler gives 502', async () => {
    const { url, line } = await lambdaDoor('export const other = 1;');
    expect((await call(url)).status).toBe(502);
    await line(/index\.handler is not a function/);
  });

  it('in buffered mode gives 502', async () => {
    const { url, line } = await lambdaDoor(`export const handler = async () => { throw new SyntaxError('x'); };`);
    expect((await call(url)).status).toBe(502);
    await line(/failed: SyntaxError/);
  });
});

describe('a time-out', patience, () => {
  it('before the head gives 504 and kills the environment', async () => {
    const { url, line } = await lambdaDoor(
      streaming(`if (event.rawPath === '/hang') await new Promise(() => {}); stream.write('ok'); stream.end();`),
      { timeoutSeconds: 1 },
    );
    await call(url);
    const { status, text: body } = await call(`${url}/hang`);
    expect([status, body]).toEqual([504, '{"message":"Gateway Timeout"}']);
    await line(/Task timed out after 1 seconds/);
    await line(/Status: timeout/);
    expect((await call(url)).text).toBe('ok');
  });

  it('after the head breaks the connection off, also when the handler has returned long before', async () => {
    const { url } = await lambdaDoor(streaming(`from(stream, { statusCode: 200, headers: {} }).write('half');`), {
      timeoutSeconds: 1,
    });
    await expect(text(await openCall(url))).rejects.toThrow('aborted');
  });
});
