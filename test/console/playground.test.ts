import { describe, expect, it } from 'vitest';
import type { ServerEvent } from '../../console/src/api/event-stream.ts';
import { GatewayError } from '../../console/src/api/gateway-error.ts';
import { lookNames, looks } from '../../console/src/pages/playground/image/looks.ts';
import { madePictures } from '../../console/src/pages/playground/image/made-pictures.ts';
import {
  backgrounds,
  formats,
  newOptions,
  noWishes,
  pictureSizes,
  qualities,
  styles,
  wishNames,
} from '../../console/src/pages/playground/image/picture-options.ts';
import { pictureRequest } from '../../console/src/pages/playground/image/picture-request.ts';
import { followVideo } from '../../console/src/pages/playground/video/follow-video.ts';
import { type Video, videoRequest } from '../../console/src/pages/playground/video/video.ts';
import { readGeneration } from '../../shared/images/read-generation.ts';
import { styleFieldNames } from '../../shared/images/style-fields.ts';

const event = (name: string, data: object, id?: string): ServerEvent => ({
  event: name,
  data: JSON.stringify(data),
  id,
});

describe('a request for pictures', () => {
  it('leaves out what was not chosen', () => {
    const { path, body } = pictureRequest({ ...newOptions(), prompt: 'A lighthouse' }, []);
    expect([path, body]).toEqual(['/v1/images/generations', { prompt: 'A lighthouse', n: 1, stream: true }]);
  });

  it('is taken by the gateway with every choice and every look', () => {
    for (const size of pictureSizes) {
      const lists = { quality: qualities, style: styles, format: formats, background: backgrounds };
      for (const [name, values] of Object.entries(lists)) {
        for (const value of values) {
          const options = { ...newOptions(), prompt: 'x', size, [name]: value, compression: 80 };
          expect(readGeneration(pictureRequest(options, []).body, 'qwen3.7-plus').stream).toBe(true);
        }
      }
    }
    for (const look of lookNames) {
      const options = { ...newOptions(), prompt: 'x', wishes: { ...noWishes(), ...looks[look] } };
      const { prompt } = readGeneration(pictureRequest(options, []).body, 'qwen3.7-plus');
      for (const wish of Object.values(looks[look])) expect(prompt).toContain(wish);
    }
  });

  it('knows all wishes of the gateway', () => {
    expect([...wishNames].sort()).toEqual([...styleFieldNames].sort());
  });

  it('becomes a form with the pictures to change', async () => {
    const { path, body } = pictureRequest({ ...newOptions(), prompt: 'At night' }, ['data:image/webp;base64,AQID']);
    if (!(body instanceof FormData)) throw new TypeError('no form');
    const picture = body.get('image[]');
    if (!(picture instanceof Blob)) throw new TypeError('no file');
    expect([path, body.get('prompt'), body.get('stream'), picture.type]).toEqual([
      '/v1/images/edits',
      'At night',
      'true',
      'image/webp',
    ]);
    expect([...new Uint8Array(await picture.arrayBuffer())]).toEqual([1, 2, 3]);
  });
});

describe('pictures on their way', () => {
  async function read(...events: readonly ServerEvent[]) {
    const urls: string[] = [];
    const source = (async function* () {
      yield* events;
    })();
    try {
      for await (const { url } of madePictures(source)) urls.push(url);
      return { urls, error: undefined };
    } catch (error) {
      return { urls, error };
    }
  }
  const picture = event('image_generation.completed', { b64_json: 'AA==', output_format: 'jpeg' });

  it('are there one after the other', async () => {
    const { urls, error } = await read(picture, picture);
    expect([urls, error]).toEqual([['data:image/jpeg;base64,AA==', 'data:image/jpeg;base64,AA=='], undefined]);
  });

  it('stay when others fail, which is told in the gateway’s words', async () => {
    const { urls, error } = await read(
      picture,
      event('error', { error: { message: 'No more today.', code: 'quota' } }),
    );
    expect(urls).toHaveLength(1);
    expect(error).toMatchObject({ message: 'No more today.', code: 'quota' });
  });

  it('are missed when there are none', async () => {
    expect((await read()).error).toBeInstanceOf(GatewayError);
  });
});

describe('a video', () => {
  const video = (status: Video['status'], progress: number) => ({ id: 'video_1', status, progress });

  it('is asked for with what was chosen only', () => {
    expect(videoRequest({ model: '', prompt: 'A boat', size: '', seconds: '' })).toEqual({ prompt: 'A boat' });
    expect(videoRequest({ model: 'm', prompt: 'A boat', size: '9:16', seconds: 4 })).toEqual({
      model: 'm',
      prompt: 'A boat',
      size: '9:16',
      seconds: 4,
    });
  });

  async function follow(streams: (readonly ServerEvent[] | Error)[]) {
    const asked: unknown[] = [];
    const seen: number[] = [];
    const api = {
      async *events(path: string, asking: { readonly headers?: object } = {}) {
        asked.push([path, asking.headers]);
        const next = streams.shift() ?? new Error('no more streams');
        if (next instanceof Error) throw next;
        yield* next;
      },
    };
    const pauses: number[] = [];
    const end = followVideo(api, 'video_1', new AbortController().signal, ({ progress }) => seen.push(progress), {
      wait: async (milliseconds) => {
        pauses.push(milliseconds);
      },
    });
    const error: unknown = await end.then(() => undefined).catch((failure) => failure);
    return { asked, seen, error, pauses };
  }

  it('is followed over breaks to its end, from where it was', async () => {
    const { asked, seen, error, pauses } = await follow([
      [event('video.queued', video('queued', 0), '1'), event('video.in_progress', video('in_progress', 50), '2')],
      new Error('broken'),
      [event('video.completed', video('completed', 100), '3')],
    ]);
    expect([seen, error, pauses.length]).toEqual([[0, 50, 100], undefined, 2]);
    expect(asked.at(-1)).toEqual(['/v1/videos/video_1/events', { 'last-event-id': '2' }]);
  });

  it('is given up when the gateway does not know it, and when every stream breaks', async () => {
    const facts = { code: 'video_not_found', param: undefined, requestId: undefined };
    const gone = await follow([new GatewayError('There is no such video.', { ...facts, status: 404 })]);
    expect(gone).toMatchObject({ error: { status: 404 }, pauses: [] });
    const broken = await follow([]);
    expect(broken.asked).toHaveLength(5);
    expect(broken.error).toBeInstanceOf(Error);
  });
});
