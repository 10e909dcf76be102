import { describe, expect, it } from 'vitest';
import { MultipartBody } from '../../../shared/http/multipart-body.ts';
import { presetOf } from '../../../shared/images/model-presets.ts';
import { readEdit } from '../../../shared/images/read-edit.ts';
import { readGeneration } from '../../../shared/images/read-generation.ts';
import { pngUri } from '../../support/sample-files.ts';

const prompt = 'A cat';
const generation = (more: object = {}) => readGeneration({ prompt, ...more }, 'default');

describe('presets', () => {
  it.each([
    ['dall-e-2', { isQwen: false, form: 'url', promptLimit: 1000 }],
    ['DALL-E-3', { isQwen: false, form: 'url', promptLimit: 4000 }],
    ['dall-e-3-hd', { isQwen: false, form: 'url', isDetailed: true }],
    ['gpt-image-1', { isQwen: false, form: 'b64_json' }],
    ['gpt-image-1.5', { isQwen: false, form: 'b64_json' }],
    ['gpt-image-2.5-sunburst', { isQwen: false, form: 'b64_json' }],
    ['chatgpt-image-latest', { isQwen: false, form: 'b64_json' }],
    ['qwen3.7-plus', { isQwen: true, form: 'url' }],
    ['gpt-4', { isQwen: true, form: 'url' }],
  ])('know %s', (name, preset) => {
    expect(presetOf(name)).toMatchObject(preset);
  });
});

describe('an order for new pictures', () => {
  it('has defaults for everything but the prompt', () => {
    expect(generation()).toEqual({
      kind: 'image_generation',
      model: 'default',
      prompt,
      isRevised: false,
      pictures: [],
      count: 1,
      aspectRatio: '1:1',
      look: { isOpaque: false },
      form: 'url',
      stream: false,
      quality: 'auto',
      background: 'auto',
    });
  });

  it('takes null for an absent field', () => {
    const nulls = { model: null, n: null, size: null, quality: null, style: null, stream: null, background: null };
    expect(generation(nulls)).toEqual(generation());
  });

  it.each([
    [{ model: 'gpt-image-1' }, { model: 'default', form: 'b64_json' }],
    [{ model: 'gpt-image-1', response_format: 'url' }, { form: 'url' }],
    [
      { model: 'qwen3.8-max', response_format: 'b64_json' },
      { model: 'qwen3.8-max', form: 'b64_json' },
    ],
    [
      { stream: true, response_format: 'url' },
      { form: 'b64_json', stream: true },
    ],
    [{ model: 'dall-e-3-hd' }, { quality: 'high', isRevised: true }],
    [{ quality: 'standard' }, { quality: 'auto', isRevised: false }],
    [
      { n: 4, size: '16:9' },
      { count: 4, aspectRatio: '16:9' },
    ],
    [{ output_format: 'webp', output_compression: 50 }, { look: { format: 'webp', quality: 50, isOpaque: false } }],
    [{ background: 'opaque' }, { background: 'opaque', look: { isOpaque: true } }],
  ])('reads %j', (fields, order) => {
    expect(generation(fields)).toMatchObject(order);
  });
});

describe('an order for changed pictures', () => {
  const edit = (body: unknown) => readEdit(body, 'default');

  it('keeps the shape of a picture when no size is given', async () => {
    const order = await edit({ image: pngUri() });
    expect(order).toMatchObject({ kind: 'image_edit', pictures: [{ type: 'image', url: pngUri(), field: 'image' }] });
    expect(order).not.toHaveProperty('aspectRatio');
  });

  it('takes pictures in every place where clients put them', async () => {
    const images = [pngUri(3), { image_url: pngUri(4) }, { image_url: { url: 'https://example.com/a.png' } }];
    const { pictures } = await edit({ image: [pngUri(1), pngUri(2)], images });
    expect(pictures.map(({ field }) => field)).toEqual([
      'image[0]',
      'image[1]',
      'images[0]',
      'images[1].image_url',
      'images[2].image_url.url',
    ]);
  });

  it('reads a form as it reads JSON', async () => {
    const form = new FormData();
    const fields = { prompt, n: '2', stream: 'true', size: '16:9', model: 'gpt-image-1', quality: '' };
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const order = await edit(await multipart(form, [new Blob(['one']), new Blob(['two'])]));
    expect(order).toMatchObject({ prompt, count: 2, stream: true, aspectRatio: '16:9', model: 'default' });
    expect(order.pictures.map(({ bytes, field }) => [field, bytes?.toString()])).toEqual([
      ['image[0]', 'one'],
      ['image[1]', 'two'],
    ]);
  });

  it('refuses what is no number in a form in the words for JSON', async () => {
    const form = new FormData();
    form.append('n', 'two');
    await expect(edit(await multipart(form, [new Blob(['one'])]))).rejects.toThrow("'n' must be a number, not 'two'");
  });

  it('refuses a mask that is a file', async () => {
    const form = new FormData();
    form.append('mask', new Blob(['m']), 'mask.png');
    await expect(edit(await multipart(form, [new Blob(['one'])]))).rejects.toMatchObject({ param: 'mask' });
  });
});

async function multipart(form: FormData, pictures: readonly Blob[]): Promise<MultipartBody> {
  for (const picture of pictures) form.append('image[]', picture, 'a.png');
  const encoded = new Response(form);
  return new MultipartBody(Buffer.from(await encoded.arrayBuffer()), encoded.headers.get('content-type') ?? '');
}
