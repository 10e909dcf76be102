import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ConsoleFiles } from '../../../../local/console/console-files.ts';
import { openFrontDoor } from '../../../../local/front-door/front-door.ts';
import { call } from '../http-call.ts';
import { temporaryFolder } from '../temporary-folder.ts';

let folder: string;

beforeEach(async () => {
  const root = await temporaryFolder();
  folder = join(root, 'console');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  mkdirSync(join(folder, 'api-docs'));
  writeFileSync(join(root, 'secret.json'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'openapi.json'), '{}');
  writeFileSync(join(folder, 'assets/app-1a.js'), 'document.title');
  writeFileSync(join(folder, 'assets/.hidden.js'), 'secret');
  writeFileSync(join(folder, 'assets/notes.exe'), 'secret');
  writeFileSync(join(folder, 'api-docs/index.html'), '<!doctype html><p>API</p>');
});

/** A front door whose functions answer with their name. */
async function openDoor(): Promise<string> {
  const door = await openFrontDoor({
    host: '127.0.0.1',
    port: 0,
    route: () => 'models',
    consoleFiles: new ConsoleFiles(folder, 'http://127.0.0.1:9'),
    onRequest: () => {},
    functions: {
      invoke: (name, _event, answer) => {
        answer.setHead({ statusCode: 404, headers: {} });
        answer.write(`function ${name}`);
        answer.end();
      },
    },
  });
  onTestFinished(() => door.close());
  return door.url;
}

describe('the front door serves the console', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', 'no-cache', '<!doctype html>'],
    ['/?a=b', 'text/html; charset=utf-8', 'no-cache', '<!doctype html>'],
    ['/openapi.json', 'application/json', 'no-cache', '{}'],
    ['/assets/app-1a.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable', 'document.title'],
    ['/api-docs/', 'text/html; charset=utf-8', 'no-cache', '<!doctype html><p>API</p>'],
  ])('%s', async (path, type, cache, content) => {
    const { status, headers, body } = await call(`${await openDoor()}${path}`);
    expect([status, headers['content-type'], headers['cache-control'], body.toString()]).toEqual([
      200,
      type,
      cache,
      content,
    ]);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("img-src 'self' data: blob: https: http://127.0.0.1:9;");
    expect(policy).not.toContain('unsafe');
  });

  it('sends what a browser has once only, and its head alone when asked', async () => {
    const url = await openDoor();
    const { headers } = await call(url);
    const again = await call(url, { headers: { 'if-none-match': String(headers.etag) } });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    writeFileSync(join(folder, 'index.html'), '<!doctype html><p>new');
    const renewed = await call(url, { headers: { 'if-none-match': String(headers.etag) } });
    expect([renewed.status, renewed.body.toString()]).toEqual([200, '<!doctype html><p>new']);
    const head = await call(url, { method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '21', 0]);
  });

  it('leads to the page of a folder', async () => {
    const { status, headers } = await call(`${await openDoor()}/api-docs`);
    expect([status, headers.location]).toEqual([308, '/api-docs/']);
  });

  it.each([
    '/assets/../../secret.json',
    '/assets/%2e%2e/%2e%2e/secret.json',
    '/assets/..%2f..%2fsecret.json',
    '/assets/.hidden.js',
    '/assets//app-1a.js',
    '/assets/notes.exe',
    '/assets/missing.js',
    '/assets/',
    '/assets',
    '/index.html',
    '/api-docs/../../secret.json',
    '/v1/models',
    '/nothing',
  ])('but leaves %s to the functions', async (path) => {
    const { status, body } = await call(`${await openDoor()}${path}`);
    expect([status, body.toString()]).toEqual([404, 'function models']);
  });

  it.each([
    '/assets/../../secret.json',
    '/assets/../index.html',
    '/assets/./app-1a.js',
    '/assets/\\..\\secret.json',
    '/assets/app-1a.js\0',
  ])('and finds nothing at %j, however it comes', async (path) => {
    expect(await new ConsoleFiles(folder, '').find(path)).toBeUndefined();
  });

  it('and other methods too', async () => {
    const { body } = await call(await openDoor(), { method: 'POST' });
    expect(body.toString()).toBe('function models');
  });
});
