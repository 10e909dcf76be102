import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { dataUri, mp4File, pdfFile, pngFile } from '../support/sample-files.ts';

const run = promisify(execFile);
const orderSchema = z.object({
  id: z.string().regex(/^file-/),
  method: z.literal('PUT'),
  url: z.url(),
  headers: z.record(z.string(), z.string()),
  expires_at: z.number(),
});
type Order = z.infer<typeof orderSchema>;

const owners = ['one@example.com', 'two@example.com', 'three@example.com'];

for (const mode of ['start', 'dev'] as const) {
  describe(`signed uploads, mode ${mode}`, () => {
    let gateway: TestGateway;
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'signed-uploads-'));
      gateway = await openGateway({ mode, accounts: owners, env: { PASS_THROUGH_TOKENS: 'true' } });
    });
    beforeEach(() => gateway.simulator.control.heal());
    afterAll(async () => {
      await gateway.close();
      await rm(folder, { recursive: true, force: true });
    });

    const post = (path: string, body: object) => gateway.request('POST', path, body);

    async function sign(body: object): Promise<Order> {
      const answer = await post('/api/files/sign', body);
      expect(answer.status).toBe(201);
      return orderSchema.parse(await answer.json());
    }

    const put = ({ url, headers }: Pick<Order, 'url' | 'headers'>, bytes: Buffer) =>
      fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) });

    function ask(fileId: string): Promise<Response> {
      const content = [
        { type: 'text', text: 'What is it?' },
        { type: 'file', file: { file_id: fileId } },
      ];
      return post('/v1/chat/completions', { model: 'qwen3.7-plus', messages: [{ role: 'user', content }] });
    }

    const lastOf = (route: string) => gateway.simulator.control.requests().findLast((entry) => entry.route === route);

    it.each([
      ['film.mp4', 'video/mp4', mp4File, 'video'],
      ['pixel.png', 'image/png', pngFile(1), 'image'],
      ['notes.pdf', 'application/pdf', pdfFile, 'file'],
    ])('%s is put by fetch, then asked about, by the account that has it', async (filename, type, bytes, kind) => {
      const order = await sign({ filename, size: bytes.length, type });
      const holder = lastOf('upload-token')?.account;
      expect((await put(order, bytes)).status).toBe(200);
      const answer = await ask(order.id);
      expect(JSON.stringify(await parsed(answer))).toContain(`${filename} (${kind}, ${bytes.length} bytes)`);
      const asked = lastOf('completion');
      expect(asked?.account).toBe(holder);
      const stored = gateway.simulator.control.uploads().find(({ name }) => name === filename);
      expect(asked?.body).toMatchObject({ messages: [{ files: [{ id: stored?.id, name: filename, type: kind }] }] });
      expect(gateway.simulator.control.violations()).toEqual([]);
    });

    it('a file is looked for once, when it is first used', async () => {
      const order = await sign({ filename: 'a.mp4', size: mp4File.length, type: 'video/mp4' });
      await put(order, mp4File);
      const looks = () => gateway.simulator.control.requests().filter(({ route }) => route === 'download').length;
      const before = looks();
      for (let turn = 0; turn < 3; turn += 1) expect((await ask(order.id)).status).toBe(200);
      expect(looks() - before).toBe(1);
    });

    it('curl puts it, too', async () => {
      const path = join(folder, 'curl.mp4');
      await writeFile(path, mp4File);
      const order = await sign({ filename: 'curl.mp4', size: mp4File.length, type: 'video/mp4' });
      const headers = Object.entries(order.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
      await run('curl', ['-sS', '--fail', '-X', 'PUT', ...headers, '--data-binary', `@${path}`, order.url]);
      expect((await ask(order.id)).status).toBe(200);
    });

    it('with a signature of version 1 needs the MD5 of the bytes', async () => {
      const announced = { filename: 'a.png', size: pngFile(2).length, type: 'image/png', signature_version: 'v1' };
      const refused = await post('/api/files/sign', announced);
      expect(refused.status).toBe(400);
      expect(await parsed(refused)).toMatchObject({ error: { param: 'md5' } });
      const order = await sign({ ...announced, md5: createHash('md5').update(pngFile(2)).digest('base64') });
      expect((await put(order, pngFile(3))).status).toBe(400);
      expect((await put(order, pngFile(2))).status).toBe(200);
      expect((await ask(order.id)).status).toBe(200);
    });

    it('another size is refused by the storage, and the file then by the gateway', async () => {
      const order = await sign({ filename: 'a.mp4', size: 1000, type: 'video/mp4' });
      const { 'content-length': _size, ...headers } = order.headers;
      expect((await put({ url: order.url, headers }, mp4File)).status).toBe(403);
      const answer = await ask(order.id);
      expect(answer.status).toBe(400);
      expect(await parsed(answer)).toMatchObject({ error: { code: 'file_not_uploaded' } });
    });

    it('another key’s file is not found', async () => {
      const answer = await ask('file-000000000000000000000000000000000000');
      expect(await parsed(answer)).toMatchObject({ error: { code: 'file_not_found' } });
    });

    it('into the owner’s bucket, a file can be used by every account', async () => {
      const bytes = pngFile(4);
      const order = await sign({ filename: 'b.png', size: bytes.length, type: 'image/png', storage: 'bucket' });
      const early = await ask(order.id);
      expect(await parsed(early)).toMatchObject({ error: { code: 'file_not_uploaded' } });
      const other = Buffer.concat([bytes, bytes]);
      const { 'content-length': _size, ...headers } = order.headers;
      expect((await put({ url: order.url, headers }, other)).status).toBe(403);
      expect((await put(order, bytes)).status).toBe(200);
      expect(JSON.stringify(await parsed(await ask(order.id)))).toContain('b.png (image');
    });

    it('getstsToken gives one upload in place of keys, in both forms of its answer', async () => {
      const bytes = pngFile(5);
      const asked = { filename: 'c.png', filesize: String(bytes.length), filetype: 'image' };
      const answer = await parsed(await post('/api/files/getstsToken', asked));
      const noKeys = { access_key_id: null, access_key_secret: null, security_token: null };
      const place = { bucketname: 'qwen-webui-prod', region: 'oss-ap-southeast-1', endpoint: gateway.simulator.url };
      expect(answer).toMatchObject({ success: true, ...noKeys, ...place, data: { ...noKeys, ...place } });
      expect(answer.data.file_path).toMatch(/c\.png$/);
      const { data } = answer;
      expect(JSON.stringify(answer)).not.toContain('TESTKEYSECRET');
      expect((await put(data.upload, bytes)).status).toBe(200);
      expect((await ask(data.file_id)).status).toBe(200);
    });

    it('an upload by form answers with an address for messages', async () => {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(pngFile(6))]), 'form.png');
      const headers = { authorization: `Bearer ${gateway.adminKey}` };
      const sent = await fetch(`${gateway.runtime.url}/api/files/upload`, { method: 'POST', headers, body: form });
      const answer = await parsed(sent);
      expect(answer).toMatchObject({ name: 'form.png', size: pngFile(6).length, type: 'image/png' });
      expect(answer.imageUrl).toBe(answer.fileUrl);
      const uploads = gateway.simulator.control.uploads().length;
      const content = [{ type: 'image_url', image_url: { url: answer.imageUrl } }];
      const body = { model: 'qwen3.7-plus', messages: [{ role: 'user', content }] };
      expect((await post('/api/chat/completions', body)).status).toBe(200);
      expect(lastOf('completion')?.body).toMatchObject({ messages: [{ files: [{ url: answer.imageUrl }] }] });
      expect((await ask(answer.id)).status).toBe(200);
      expect(gateway.simulator.control.uploads()).toHaveLength(uploads);
    });

    it.each(['/api/files/sign', '/api/files/getstsToken', '/api/files/upload'])(
      '%s is not for callers with tokens of their own',
      async (path) => {
        const token = gateway.simulator.control.accounts.token('one@example.com');
        const body = { filename: 'a.mp4', size: 5, filesize: 5, type: 'video/mp4', storage: 'bucket' };
        const answer = await gateway.request('POST', path, body, { authorization: `Bearer ${token}` });
        expect(answer.status).toBe(400);
        expect(await parsed(answer)).toMatchObject({ error: { code: 'unsupported_parameter' } });
      },
    );

    it('nothing of a signature is logged', () => {
      const logged = gateway.lines.join('\n');
      expect(logged).toContain('/api/files/sign');
      for (const word of ['TESTSECURITYTOKEN', 'OSS4-HMAC', 'X-Amz-Signature']) expect(logged).not.toContain(word);
    });

    it('an upload goes to the next account when one may not upload', async () => {
      gateway.simulator.control.fault({ fault: 'rate-limited-num-zero', route: 'upload-token' });
      const order = await sign({ filename: 'd.mp4', size: mp4File.length, type: 'video/mp4' });
      await put(order, mp4File);
      const holder = lastOf('upload-token')?.account;
      expect((await ask(order.id)).status).toBe(200);
      expect(lastOf('completion')?.account).toBe(holder);
    });

    it.each([
      ['no name', { size: 5, type: 'image/png' }, 'filename'],
      ['no size', { filename: 'a.png', type: 'image/png' }, 'size'],
      ['an empty file', { filename: 'a.png', size: 0, type: 'image/png' }, 'size'],
      ['a picture that is too large', { filename: 'a.png', size: 20_000_001, type: 'image/png' }, 'size'],
      ['a film that is too large', { filename: 'a.mp4', size: 500_000_001, type: 'video/mp4' }, 'size'],
      ['a type that is none', { filename: 'a.png', size: 5, type: 'a picture\r\nx: y' }, 'type'],
      ['a word that contradicts the name', { filename: 'a.png', size: 5, type: 'video' }, 'type'],
      ['another storage', { filename: 'a.png', size: 5, type: 'image/png', storage: 'mine' }, 'storage'],
      [
        'another version',
        { filename: 'a.png', size: 5, type: 'image/png', signature_version: 'v2' },
        'signature_version',
      ],
      ['an MD5 that is none', { filename: 'a.png', size: 5, type: 'image/png', md5: 'abc' }, 'md5'],
    ])('sign refuses %s', async (_, body, param) => {
      const answer = await post('/api/files/sign', body);
      expect(answer.status).toBe(400);
      expect(await parsed(answer)).toMatchObject({ error: { type: 'invalid_request_error', param } });
    });

    it.each([
      ['JSON', () => JSON.stringify({ file: dataUri(pngFile(), 'image/png') }), 400],
      ['a form without the file', () => formOf([['other', pngFile()]]), 400],
      [
        'two files',
        () =>
          formOf([
            ['file', pngFile()],
            ['file', pngFile()],
          ]),
        400,
      ],
      ['an empty file', () => formOf([['file', Buffer.alloc(0)]]), 400],
      ['what is no picture', () => formOf([['file', Buffer.from([0, 1, 2, 3])]]), 400],
      ['5 MB', () => formOf([['file', Buffer.alloc(5_000_000, 'text ')]]), 413],
      ['30 MB', () => formOf([['file', Buffer.alloc(30_000_000, 'text ')]]), 413],
    ])('upload refuses %s', async (_, bodyOf, status) => {
      const body = bodyOf();
      const headers = {
        authorization: `Bearer ${gateway.adminKey}`,
        ...(typeof body === 'string' && { 'content-type': 'application/json' }),
      };
      const answer = await fetch(`${gateway.runtime.url}/api/files/upload`, { method: 'POST', headers, body });
      expect(answer.status).toBe(status);
      const text = await answer.text();
      expect(text).toContain('"error"');
      if (status === 413) expect(text).toContain('/api/files/sign');
    });
  });
}

function formOf(files: readonly (readonly [field: string, bytes: Buffer])[]): FormData {
  const form = new FormData();
  for (const [field, bytes] of files) form.append(field, new Blob([new Uint8Array(bytes)]), 'a.txt');
  return form;
}
