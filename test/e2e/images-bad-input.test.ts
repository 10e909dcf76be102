import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { dataUri, mp4File, pdfFile, pdfUri, pngUri } from '../support/sample-files.ts';

const model = 'qwen3.7-plus';
const forced = { tools: [{ type: 'image_generation' }], tool_choice: { type: 'image_generation' } };
const metadata = 'http://169.254.169.254/latest/meta-data/';
const empty = dataUri(Buffer.alloc(0), 'image/png');

const generations = '/v1/images/generations';
const edits = '/v1/images/edits';
const responses = '/v1/responses';
const native = '/api/chat';

/** What is wrong, where it is sent, and the field that the answer names. */
const bodies: readonly (readonly [what: string, path: string, body: object, param: string | null])[] = [
  ['an unknown size', generations, { prompt: 'x', size: 'huge' }, 'size'],
  ['a size of no pixels', edits, { image: pngUri(), size: '0x0' }, 'size'],
  ['an unknown size', native, { message: 'x', chatType: 't2i', size: '5:4' }, 'size'],
  [
    'an unknown size',
    responses,
    { input: 'x', ...forced, tools: [{ ...forced.tools[0], size: '5:4' }] },
    'tools[0].size',
  ],
  ['an empty prompt', generations, { prompt: '' }, 'prompt'],
  ['a prompt of spaces', generations, { prompt: ' \n\t ' }, 'prompt'],
  ['a prompt of spaces', edits, { image: pngUri(), prompt: ' ' }, 'prompt'],
  ['no words', responses, { input: ' ', ...forced }, null],
  ['no words', native, { message: ' ', chatType: 't2i' }, null],
  ['no words', '/v1/chat/completions', ask(' ', { model: `${model}-image` }), null],
  ['no prompt', generations, {}, 'prompt'],
  ['a prompt that is no text', generations, { prompt: ['x'] }, 'prompt'],
  ['no input', responses, { input: [], ...forced }, 'input'],
  ['a prompt over DALL-E’s limit', generations, { model: 'dall-e-3', prompt: 'x'.repeat(4001) }, 'prompt'],
  ['a prompt over the limit', generations, { prompt: 'x'.repeat(32_001) }, 'prompt'],
  ['a prompt over the limit', edits, { image: pngUri(), prompt: 'x'.repeat(32_001) }, 'prompt'],
  ['words for a picture', edits, { image: dataUri(Buffer.from('words'), 'image/png') }, 'image'],
  ['a document for a picture', edits, { image: pdfUri }, 'image'],
  ['a film for a picture', edits, { image: dataUri(mp4File, 'image/png') }, 'image'],
  ['an empty picture', edits, { image: empty }, 'image'],
  ['no base64', edits, { image: 'data:image/png;base64,***' }, 'image'],
  [
    'words for a picture',
    native,
    { message: [{ type: 'image', image: 'data:image/png;base64,d29yZHM=' }], chatType: 'image_edit' },
    'message[0].image',
  ],
  ['a file by its path', edits, { image: 'file:///etc/passwd' }, 'image'],
  ['the address of a cloud’s secrets', edits, { image: metadata }, 'image'],
  ['an address of this machine', edits, { image: 'http://localhost:1/a.png' }, 'image'],
  ['this machine, in IPv6', edits, { image: 'http://[::ffff:127.0.0.1]/a.png' }, 'image'],
  ['this machine, as a number', edits, { image: 'http://2130706433/a.png' }, 'image'],
  ['a private address among others', edits, { image: [pngUri(), 'http://10.0.0.1/a.png'] }, 'image[1]'],
  ['a private address', edits, { images: [{ image_url: 'http://192.168.1.1/a.png' }] }, 'images[0].image_url'],
  [
    'a picture of an earlier answer that is none',
    responses,
    { input: [{ type: 'image_generation_call', id: 'ig_1', result: 'd29yZHM=' }], ...forced },
    'input[0].result',
  ],
];

/** What is no order for a picture is told by its field, and costs no account anything. */
describe.each(['start', 'dev'] as const)('wrong orders for pictures, with npm run %s', (mode) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ mode });
  });
  afterAll(() => gateway.close());

  const asked = () => gateway.simulator.control.requests().filter(({ route }) => route === 'completion').length;

  async function sendForm(form: FormData) {
    // Formed by the client, with its boundary.
    const { headers, body } = new Request('http://form', { method: 'POST', body: form, duplex: 'half' });
    return fetch(gateway.runtime.url + edits, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.adminKey}`, 'content-type': headers.get('content-type') ?? '' },
      body: Buffer.concat(await Array.fromAsync(body ?? [])),
    });
  }

  it.each(bodies)('%s: %s', async (_, path, body, param) => {
    const response = await gateway.request('POST', path, { model, ...body });
    expect(response.status).toBe(400);
    const { error } = await parsed(response);
    expect(error).toMatchObject({ param, type: 'invalid_request_error', code: expect.any(String) });
    expect(error.message).not.toMatch(/undefined|object Object/);
  });

  it.each([
    ['words', Buffer.from('no picture at all'), 'image'],
    ['a document', pdfFile, 'image'],
    ['nothing', Buffer.alloc(0), 'image'],
  ])('a form whose picture is %s', async (_, bytes, param) => {
    const form = new FormData();
    form.set('prompt', 'Red');
    form.set('image', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'a.png');
    const response = await sendForm(form);
    expect(response.status).toBe(400);
    expect(await parsed(response)).toMatchObject({ error: { param } });
  });

  it('a form of 30 MB', async () => {
    const form = new FormData();
    form.set('prompt', 'Red');
    form.set('image', new Blob([new Uint8Array(30_000_000)], { type: 'image/png' }), 'a.png');
    expect((await sendForm(form)).status).toBe(413);
  });

  it('none of them has asked for anything', () => {
    expect(asked()).toBe(0);
    expect(gateway.simulator.control.uploads()).toEqual([]);
  });
});
