import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { dataUri, mp4File, pdfFile, pdfUri, pngFile, pngUri, wavFile } from '../support/sample-files.ts';

const model = 'qwen3.7-plus';
const png = pngFile().toString('base64');
const filmUri = dataUri(mp4File, 'video/mp4');

/** Where each dialect listens, and how it is asked with one part beside the question. */
const doors = {
  chat: (part: object) => ['/v1/chat/completions', { model, messages: [{ role: 'user', content: [part] }] }],
  responses: (part: object) => ['/v1/responses', { model, input: [{ role: 'user', content: [part] }] }],
  anthropic: (part: object) => [
    '/v1/messages',
    { model, max_tokens: 1000, messages: [{ role: 'user', content: [part] }] },
  ],
  gemini: (part: object) => [
    `/v1beta/models/${model}:generateContent`,
    { contents: [{ role: 'user', parts: [part] }] },
  ],
  native: (part: object) => ['/api/chat', { model, message: [part] }],
} as const satisfies Record<string, (part: object) => [string, object]>;

type Door = keyof typeof doors;

const seenPicture = `picture.png (image, ${pngFile().length} bytes)`;
const seenFilm = `video.mp4 (video, ${mp4File.length} bytes)`;
const seenDocument = `a.pdf (file, ${pdfFile.length} bytes)`;
const seenSound = (name: string) => `${name}.wav (audio, ${wavFile.length} bytes)`;
const wav = wavFile.toString('base64');
const pdf = pdfFile.toString('base64');

const forms: readonly (readonly [Door, object, string])[] = [
  ['chat', { type: 'image_url', image_url: { url: pngUri() } }, seenPicture],
  ['chat', { type: 'image', image: pngUri() }, seenPicture],
  ['chat', { type: 'input_image', image_url: pngUri() }, seenPicture],
  ['chat', { type: 'video_url', video_url: { url: filmUri } }, seenFilm],
  ['chat', { type: 'video', video: filmUri }, seenFilm],
  ['chat', { type: 'file', file: { file_data: pdfUri, filename: 'a.pdf' } }, seenDocument],
  ['chat', { type: 'input_audio', input_audio: { data: wav, format: 'wav' } }, seenSound('sound')],
  ['native', { type: 'image', image: pngUri() }, seenPicture],
  ['responses', { type: 'input_image', image_url: pngUri() }, seenPicture],
  ['responses', { type: 'input_video', video_url: filmUri }, seenFilm],
  ['responses', { type: 'input_file', file_data: pdfUri, filename: 'a.pdf' }, seenDocument],
  ['anthropic', { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } }, seenPicture],
  [
    'anthropic',
    { type: 'document', title: 'a.pdf', source: { type: 'base64', media_type: 'application/pdf', data: pdf } },
    seenDocument,
  ],
  ['gemini', { inlineData: { mimeType: 'image/png', data: png } }, seenPicture],
  ['gemini', { inlineData: { mimeType: 'video/mp4', data: mp4File.toString('base64') } }, seenFilm],
  ['gemini', { inlineData: { mimeType: 'application/pdf', data: pdf, displayName: 'a.pdf' } }, seenDocument],
];

const metadata = 'http://169.254.169.254/latest/meta-data/';
const refusals: readonly (readonly [Door, object, string])[] = [
  ['chat', { type: 'image_url', image_url: { url: metadata } }, 'messages[0].content[0].image_url.url'],
  ['chat', { type: 'file', file: { file_url: metadata } }, 'messages[0].content[0].file.file_url'],
  ['native', { type: 'image', image: metadata }, 'message[0].image'],
  ['responses', { type: 'input_image', image_url: metadata }, 'input[0].content[0].image_url'],
  ['responses', { type: 'input_file', file_url: metadata }, 'input[0].content[0].file_url'],
  ['anthropic', { type: 'image', source: { type: 'url', url: metadata } }, 'messages[0].content[0].source.url'],
  ['anthropic', { type: 'document', source: { type: 'url', url: metadata } }, 'messages[0].content[0].source.url'],
  [
    'anthropic',
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAA*' } },
    'messages[0].content[0].source.data',
  ],
  ['gemini', { fileData: { mimeType: 'image/png', fileUri: metadata } }, 'contents[0].parts[0].fileData.fileUri'],
  ['gemini', { inlineData: { mimeType: 'image/png', data: pdf } }, 'contents[0].parts[0].inlineData.data'],
];

describe('media, in the words of every dialect', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ accounts: ['one@example.com', 'two@example.com'] });
  });
  afterAll(() => gateway.close());

  async function send(door: Door, part: object) {
    const [path, body] = doors[door](part);
    const response = await gateway.request('POST', path, body);
    return { status: response.status, text: JSON.stringify(await parsed(response)) };
  }

  it.each(forms)('are seen: %s, %j', async (door, part, seen) => {
    expect(await send(door, part)).toMatchObject({ status: 200, text: expect.stringContaining(seen) });
  });

  it.each(refusals)('are refused by their own names: %s, %j', async (door, part, field) => {
    expect(await send(door, part)).toMatchObject({ status: 400, text: expect.stringContaining(`'${field}'`) });
  });

  it('are uploaded once for all of them', () => {
    const uploads = gateway.simulator.control.uploads();
    const kinds = new Set(uploads.map(({ bytes }) => bytes.toString('base64'))).size;
    expect(kinds).toBe(4);
    expect(uploads.length).toBeLessThanOrEqual(2 * kinds);
    expect(gateway.simulator.control.violations()).toEqual([]);
  });
});
