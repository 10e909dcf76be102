import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { imageSize } from 'image-size';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishPicture } from '../../../shared/images/finish-picture.ts';
import type { ImageOrder } from '../../../shared/images/image-order.ts';
import { PictureSource } from '../../../shared/images/picture-source.ts';

/** A red picture through which everything shows. */
const clear = await sharp({
  create: { width: 60, height: 40, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } },
})
  .png()
  .toBuffer();

let origin = '';
const files: Readonly<Record<string, Buffer>> = { '/a.png': clear, '/text.png': Buffer.from('no picture') };
const server = createServer((request, response) => {
  const file = files[request.url?.split('?')[0] ?? ''];
  response.writeHead(file === undefined ? 403 : 200).end(file);
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: Pick<AddressInfo, 'port'> = JSON.parse(JSON.stringify(server.address()));
  origin = `http://127.0.0.1:${port}`;
});
afterAll(() => server.close());

const { signal } = new AbortController();
const plain = { isOpaque: false };

function finish(path: string, order: Pick<ImageOrder, 'form' | 'look'>, source = new PictureSource(origin)) {
  return finishPicture({ urls: [`${origin}${path}`], usage: undefined }, order, source, signal);
}

function bytesOf(content: { url: string } | { b64_json: string }): Buffer {
  const text = 'url' in content ? (content.url.split(',')[1] ?? '') : content.b64_json;
  return Buffer.from(text, 'base64');
}

describe('a picture by URL', () => {
  it('is not even fetched when its name says that it is right', async () => {
    const gone = 'https://gone.invalid/a.png?key=k';
    const made = { urls: [gone], usage: undefined } as const;
    for (const look of [plain, { ...plain, format: 'png' } as const]) {
      expect(await finishPicture(made, { form: 'url', look }, new PictureSource(origin), signal)).toEqual({
        content: { url: gone },
        usage: undefined,
      });
    }
  });

  it('keeps its URL when a look at it shows that it is right', async () => {
    const look = { ...plain, largest: { width: 100, height: 100 } };
    expect(await finish('/a.png?key=k', { form: 'url', look })).toMatchObject({
      content: { url: `${origin}/a.png?key=k` },
      format: 'png',
      size: { width: 60, height: 40 },
    });
  });

  it('becomes a data URI when it has to be changed', async () => {
    const { content, format, size } = await finish('/a.png', { form: 'url', look: { ...plain, format: 'webp' } });
    expect('url' in content && content.url).toMatch(/^data:image\/webp;base64,/);
    expect(imageSize(bytesOf(content))).toMatchObject({ type: 'webp', width: 60, height: 40 });
    expect({ format, size }).toEqual({ format: 'webp', size: { width: 60, height: 40 } });
  });
});

describe('a picture in base64', () => {
  it('is the very file when nothing is to be changed', async () => {
    const { content } = await finish('/a.png', { form: 'b64_json', look: plain });
    expect(bytesOf(content).equals(clear)).toBe(true);
  });

  it.each([{ isOpaque: true }, { ...plain, format: 'jpeg' as const }])(
    'is white where it was clear: %j',
    async (look) => {
      const { content } = await finish('/a.png', { form: 'b64_json', look });
      const { data, info } = await sharp(bytesOf(content)).raw().toBuffer({ resolveWithObject: true });
      expect(info.channels).toBe(3);
      expect([...data.subarray(0, 3)]).toEqual([255, 255, 255]);
    },
  );

  it('is made smaller, in its own proportions, and never larger', async () => {
    const small = await finish('/a.png', { form: 'b64_json', look: { ...plain, largest: { width: 30, height: 30 } } });
    expect(small.size).toEqual({ width: 30, height: 20 });
  });

  it('gets worse and smaller with its quality', async () => {
    const sizeWith = async (quality: number) => {
      const { content } = await finish('/a.png', { form: 'b64_json', look: { ...plain, format: 'jpeg', quality } });
      return bytesOf(content).length;
    };
    expect(await sizeWith(0)).toBeLessThanOrEqual(await sizeWith(100));
  });
});

describe('a picture that can’t be had', () => {
  it.each(['/gone.png', '/text.png'])('is lost: %s', async (path) => {
    await expect(finish(path, { form: 'b64_json', look: plain })).rejects.toMatchObject({
      code: 'picture_lost',
      status: 502,
      fault: 'transport',
    });
  });

  it('is found at its other address', async () => {
    const urls = [`${origin}/gone.png`, `${origin}/a.png`] as const;
    const order = { form: 'b64_json', look: plain } as const;
    const { size } = await finishPicture({ urls, usage: undefined }, order, new PictureSource(origin), signal);
    expect(size).toEqual({ width: 60, height: 40 });
  });
});

describe('the addresses of pictures', () => {
  it.each(['https://chat.qwen.ai', 'http://127.0.0.1:1'])(
    'lead to no other place on this machine for %s',
    async (upstream) => {
      await expect(new PictureSource(upstream).fetch([`${origin}/a.png`], signal)).rejects.toThrow('public internet');
    },
  );

  it('end with the caller', async () => {
    const aborted = AbortSignal.abort(new Error('gone'));
    await expect(new PictureSource(origin).fetch([`${origin}/a.png`], aborted)).rejects.toThrow('gone');
  });
});
