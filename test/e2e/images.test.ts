import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { imageSize } from 'image-size';
import OpenAI, { toFile } from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { pngFile, pngUri } from '../support/sample-files.ts';

const owners = ['one@example.com', 'two@example.com', 'three@example.com', 'four@example.com'];
const model = 'qwen3.7-plus';
const prompt = 'A blue circle';

let gateway: TestGateway;
/** Each test has a picture of its own: the gateway remembers what it has uploaded. */
let number = 100;
beforeAll(async () => {
  gateway = await openGateway({ accounts: owners });
});
beforeEach(() => {
  gateway.simulator.control.heal();
  number += 1;
});
afterAll(() => gateway.close());

const generate = (more: object = {}) => gateway.request('POST', '/v1/images/generations', { model, prompt, ...more });

/** The bodies of the completions that the upstream has seen, newest last. */
function asked() {
  const bodies = gateway.simulator.control.requests().filter(({ route }) => route === 'completion');
  return bodies.map(({ body }) => JSON.parse(JSON.stringify(body)));
}

function decoded(base64: string | undefined) {
  const bytes = Buffer.from(base64 ?? '', 'base64');
  return { bytes, ...imageSize(bytes) };
}

async function errorOf(response: Response) {
  const { error } = await parsed(response);
  return { status: response.status, ...error };
}

describe('the openai package', () => {
  it('generates a picture by URL, which can be downloaded', async () => {
    const answer = await gateway.openai.images.generate({ model: 'dall-e-3', prompt, size: '1792x1024' });
    expect(answer.data).toEqual([
      { url: expect.stringMatching(/\/results\/[^/]+\/picture_\w+\.png\?.*X-Amz-Signature=/) },
    ]);
    const picture = await fetch(answer.data?.[0]?.url ?? '');
    expect(imageSize(Buffer.from(await picture.arrayBuffer()))).toMatchObject({ width: 1664, height: 928 });
    expect(asked().at(-1)).toMatchObject({ size: '16:9', messages: [{ chat_type: 't2i', content: prompt }] });
    expect(answer.usage?.total_tokens).toBeGreaterThan(0);
  });

  it('gets base64 from the gpt-image models, with the true size', async () => {
    const answer = await gateway.openai.images.generate({ model: 'gpt-image-1', prompt, size: '1024x1536' });
    expect(answer).toMatchObject({ size: '1140x1472', output_format: 'png', quality: 'auto', background: 'auto' });
    expect(decoded(answer.data?.[0]?.b64_json)).toMatchObject({ width: 1140, height: 1472, type: 'png' });
  });

  it('gets the format that it asks for', async () => {
    for (const [format, type] of [
      ['jpeg', 'jpg'],
      ['webp', 'webp'],
    ] as const) {
      const answer = await gateway.openai.images.generate({ model: 'gpt-image-1.5', prompt, output_format: format });
      expect(answer.output_format).toBe(format);
      expect(decoded(answer.data?.[0]?.b64_json)).toMatchObject({ width: 1328, height: 1328, type });
    }
  });

  it('edits a file', async () => {
    const file = await toFile(pngFile(number), 'circle.png', { type: 'image/png' });
    const answer = await gateway.openai.images.edit({ model, image: file, prompt: 'Make it red' });
    expect(answer.data?.[0]?.url).toMatch(/^http/);
    expect(asked().at(-1)).toMatchObject({
      messages: [{ chat_type: 'image_edit', content: 'Make it red', files: [{ type: 'image' }] }],
    });
    expect(gateway.simulator.control.uploads().at(-1)?.bytes.equals(pngFile(number))).toBe(true);
  });

  it('edits several files', async () => {
    const files = await Promise.all([1, 2].map((index) => toFile(pngFile(number * 1000 + index), `${index}.png`)));
    await gateway.openai.images.edit({ model, image: files, prompt: 'Join them' });
    expect(asked().at(-1).messages[0].files).toHaveLength(2);
  });

  it('streams pictures, each when it is there', async () => {
    const stream = await gateway.openai.images.generate({ model, prompt, n: 2, stream: true, partial_images: 1 });
    const events = [];
    for await (const event of stream) events.push(event);
    expect(events.map(({ type }) => type)).toEqual(['image_generation.completed', 'image_generation.completed']);
    for (const event of events) {
      expect(event).toMatchObject({
        size: '1328x1328',
        output_format: 'png',
        usage: { total_tokens: expect.any(Number) },
      });
      expect(decoded(event.b64_json)).toMatchObject({ width: 1328 });
    }
  });

  it('streams an edit under its own names', async () => {
    const image = await toFile(pngFile(number), 'circle.png');
    const stream = await gateway.openai.images.edit({ model, image, prompt: 'Red', stream: true });
    const types = [];
    for await (const { type } of stream) types.push(type);
    expect(types).toEqual(['image_edit.completed']);
  });

  it('throws what breaks a stream, after the pictures that were made', async () => {
    gateway.simulator.control.fault({ fault: 'data-inspection-input', says: 'broken one', times: 1 });
    const stream = await gateway.openai.images.generate({ model, prompt: 'broken one', n: 2, stream: true });
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { type } of stream) seen.push(type);
    })();
    await expect(reading).rejects.toThrow(OpenAI.APIError);
    expect(seen).toEqual(['image_generation.completed']);
  });
});

describe('the fields of a request', () => {
  it('are compiled into the prompt, which the answer repeats', async () => {
    const wishes = {
      art_style: 'woodcut',
      lighting: 'at dusk',
      artist: 'None',
      quality: 'hd',
      style: 'vivid',
      user: 'me',
    };
    const { data, quality } = await parsed(await generate(wishes));
    const [{ revised_prompt: revised }] = data;
    expect(revised).toContain('A blue circle\n\nArt style: woodcut\nLighting: at dusk\n');
    expect(revised).not.toMatch(/none|me$/i);
    expect(quality).toBe('high');
    expect(asked().at(-1).messages[0].content).toBe(revised);
  });

  it('leave the prompt alone when nothing is wished for', async () => {
    const { data } = await parsed(await generate({ n: null, size: 'auto' }));
    expect(Object.keys(data[0])).toEqual(['url']);
  });

  it('make small pictures of large ones', async () => {
    const answer = await parsed(await generate({ model: 'dall-e-2', size: '256x256' }));
    expect(answer.size).toBe('256x256');
    const picture = await fetch(answer.data[0].url);
    expect(imageSize(Buffer.from(await picture.arrayBuffer()))).toMatchObject({ width: 256, height: 256, type: 'png' });
  });

  it('make the background white', async () => {
    const answer = await parsed(await generate({ background: 'opaque', response_format: 'b64_json' }));
    expect(answer.background).toBe('opaque');
    expect(decoded(answer.data[0].b64_json)).toMatchObject({ width: 1328 });
  });

  it.each([
    ['prompt', { prompt: '' }],
    ['prompt', { prompt: '  ' }],
    ['prompt', { prompt: null }],
    ['prompt', { prompt: 'a'.repeat(1001), model: 'dall-e-2' }],
    ['prompt', { prompt: 'a'.repeat(32_001) }],
    ['n', { n: 5 }],
    ['n', { n: 0 }],
    ['n', { n: 1.5 }],
    ['size', { size: '7:3' }],
    ['size', { size: 'huge' }],
    ['size', { size: '0x100' }],
    ['quality', { quality: 'best' }],
    ['style', { style: 'dull' }],
    ['response_format', { response_format: 'file' }],
    ['output_format', { output_format: 'gif' }],
    ['output_compression', { output_compression: 101 }],
    ['background', { background: 'transparent' }],
    ['art_style', { art_style: 7 }],
    ['stream', { stream: 'yes' }],
    ['model', { model: 'qwen3.5-omni-plus' }],
  ])('are refused by name: %s', async (param, fields) => {
    const before = asked().length;
    expect(await errorOf(await generate(fields))).toMatchObject({ status: 400, param, type: 'invalid_request_error' });
    expect(asked()).toHaveLength(before);
  });

  it('name the model that there is not', async () => {
    expect(await errorOf(await generate({ model: 'nobody' }))).toMatchObject({ status: 404, code: 'model_not_found' });
  });
});

describe('edits', () => {
  const edit = (fields: object) => gateway.request('POST', '/v1/images/edits', { prompt: 'Red', ...fields });

  it('take data URIs and addresses at the upstream as JSON, without any model or prompt', async () => {
    const held = 'https://cdn.qwenlm.ai/output/u/t2i/c/f.png?key=k';
    const response = await edit({ prompt: null, image: [pngUri(number), held] });
    expect(response.status).toBe(200);
    const { messages } = asked().at(-1);
    expect(messages[0].files).toEqual([expect.objectContaining({ type: 'image' }), { type: 'image', url: held }]);
    expect(messages[0].content).toMatch(/better version/);
  });

  it('upload a picture once for all that are made of it by one account', async () => {
    const { data } = await parsed(await edit({ image: pngUri(number), n: 3 }));
    expect(data).toHaveLength(3);
    const uploads = gateway.simulator.control.uploads().filter(({ bytes }) => bytes.equals(pngFile(number)));
    expect(new Set(uploads.map(({ account }) => account)).size).toBe(uploads.length);
  });

  it('take forms as curl sends them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'picture-'));
    await writeFile(join(folder, 'a.png'), pngFile(number));
    const { stdout } = await promisify(execFile)('curl', [
      ...['-sS', `${gateway.runtime.url}/v1/images/edits`, '-H', `authorization: Bearer ${gateway.adminKey}`],
      ...['-F', `image[]=@${join(folder, 'a.png')}`, '-F', 'prompt=Make it red', '-F', 'n=2', '-F', 'size=16:9'],
      ...['-F', 'response_format=b64_json', '-F', 'unknown=field'],
    ]);
    await rm(folder, { recursive: true });
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ size: '1664x928', data: [{}, {}] });
    expect(decoded(answer.data[1].b64_json)).toMatchObject({ width: 1664, height: 928 });
  });

  it.each([
    ['image', {}, 'is missing'],
    ['image', { image: 'not an address' }, 'http'],
    ['image', { image: 'http://127.0.0.1:1/a.png' }, 'public internet'],
    ['image', { image: `data:image/png;base64,${Buffer.from('words').toString('base64')}` }, 'image/png'],
    ['image', { image: 'data:text/plain;base64,d29yZHM=' }, 'no picture'],
    ['mask', { image: pngUri(1), mask: pngUri(1) }, 'no mask'],
    ['images[0].image_url', { images: [{ file_id: null }] }, 'image_url'],
  ])('refuse by name: %s %#', async (param, fields, words) => {
    const error = await errorOf(await edit(fields));
    expect(error).toMatchObject({ status: 400, param });
    expect(error.message).toContain(words);
  });

  it('refuse forms that are none', async () => {
    const send = (body: string, contentType: string) =>
      gateway.request('POST', '/v1/images/edits', body, {
        authorization: `Bearer ${gateway.adminKey}`,
        'content-type': contentType,
      });
    expect(await errorOf(await send('--x\r\n', 'multipart/form-data'))).toMatchObject({ status: 400 });
    expect(await errorOf(await send('--x\r\ncontent', 'multipart/form-data; boundary=x'))).toMatchObject({
      status: 400,
    });
    expect(await errorOf(await send('{', 'application/json'))).toMatchObject({ status: 400, code: 'invalid_json' });
  });

  it('tell where variations have gone', async () => {
    const error = await errorOf(await gateway.request('POST', '/v1/images/variations', {}));
    expect(error).toMatchObject({ status: 404 });
    expect(error.message).toContain('/v1/images/edits');
  });
});

describe('several pictures', () => {
  it('come from several accounts', async () => {
    const { control } = gateway.simulator;
    // None is done before all have begun, or one account could make two.
    control.fault({ fault: 'stall-before-head', says: 'Four of them', times: 4 });
    const all = owners.map((owner) => control.waitFor(({ account, stalled }) => stalled && account === owner));
    const released = Promise.all(all).then(() => control.release());
    const { data, errors } = await parsed(await generate({ n: 4, prompt: 'Four of them' }));
    await released;
    expect(new Set(data.map(({ url }: { url: string }) => url)).size).toBe(4);
    expect(errors).toBeUndefined();
    const mine = gateway.simulator.control
      .requests()
      .filter(({ route, body }) => route === 'completion' && JSON.stringify(body).includes('Four of them'));
    expect(new Set(mine.map(({ account }) => account)).size).toBe(4);
  });

  it('are as many as could be made, and errors for the others', async () => {
    gateway.simulator.control.fault({ fault: 'data-inspection-input', says: 'one of four', times: 1 });
    const answer = await parsed(await generate({ n: 4, prompt: 'one of four' }));
    expect(answer.data).toHaveLength(3);
    expect(answer.errors).toEqual([expect.objectContaining({ index: expect.any(Number), code: 'content_filter' })]);
  });

  it('are an error when none could be made', async () => {
    gateway.simulator.control.fault({ fault: 'data-inspection-input', says: 'none of two', times: 2 });
    const error = await errorOf(await generate({ n: 2, prompt: 'none of two' }));
    expect(error).toMatchObject({ status: 400, code: 'content_filter' });
  });
});

describe('a picture that does not come', () => {
  it('is looked for in the chat', async () => {
    gateway.simulator.control.fault({ fault: 'picture-unseen', says: 'unseen' });
    const { data } = await parsed(await generate({ prompt: 'unseen', response_format: 'b64_json' }));
    expect(decoded(data[0].b64_json)).toMatchObject({ width: 1328 });
  });

  it('is told with the words that came in its place', async () => {
    gateway.simulator.control.fault({ fault: 'picture-missing', says: 'missing one', times: 6 });
    const error = await errorOf(await generate({ prompt: 'missing one' }));
    expect(error).toMatchObject({ status: 502, code: 'picture_missing' });
    expect(error.message).toContain('Here is your picture.');
  });

  it('is told when its link is over before it could be fetched', async () => {
    gateway.simulator.control.fault({ fault: 'forbidden-403', route: 'download', times: 2 });
    const error = await errorOf(await generate({ response_format: 'b64_json' }));
    expect(error).toMatchObject({ status: 502, code: 'picture_lost' });
    expect(error.message).toContain('403');
    expect((await generate({ response_format: 'b64_json' })).status).toBe(200);
  });

  it('is fetched at its other address when the first is over', async () => {
    gateway.simulator.control.fault({ fault: 'forbidden-403', route: 'download', times: 1 });
    expect((await generate({ response_format: 'b64_json' })).status).toBe(200);
  });
});
