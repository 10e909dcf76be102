import { createServer } from 'node:http';
import { imageSize } from 'image-size';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listenOnLoopback } from '../../../local/store/listen-on-loopback.ts';
import { finishPicture } from '../../../shared/images/finish-picture.ts';
import type { PictureLook } from '../../../shared/images/image-order.ts';
import { PictureCopies } from '../../../shared/images/picture-copies.ts';
import { PictureSource } from '../../../shared/images/picture-source.ts';
import { LinkedObjects } from '../../../shared/objects/linked-objects.ts';
import { ObjectLinks } from '../../../shared/objects/object-links.ts';
import { openTestBucket } from '../../support/object-bucket.ts';
import { pngFile } from '../../support/sample-files.ts';

const plain: PictureLook = { isOpaque: false };
const { signal } = new AbortController();

/** An upstream with the picture `/a.png`, and a bucket. */
async function open() {
  const server = createServer(({ url }, response) => {
    response.writeHead(url === '/a.png' ? 200 : 404).end(pngFile(3));
  });
  const origin = `http://127.0.0.1:${await listenOnLoopback(server, 0)}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { environment, requests } = await openTestBucket();
  const errors: unknown[] = [];
  const finish = (path: string, look: PictureLook, bucket = environment) => {
    const links = new ObjectLinks(bucket);
    const copies = new PictureCopies({ objects: new LinkedObjects(links), links, onStoreError: (e) => errors.push(e) });
    const made = { urls: [`${origin}${path}`], usage: undefined } as const;
    return finishPicture(made, { form: 'url', look }, new PictureSource(origin), signal, copies.of('key-1'));
  };
  return { origin, environment, requests, errors, finish };
}

function urlOf(content: { url: string } | { b64_json: string }): string {
  return 'url' in content ? content.url : '';
}

describe('a picture by URL', () => {
  it('is a copy of the upstream’s file', async () => {
    const { finish, environment, requests } = await open();
    const { content, format, size } = await finish('/a.png', plain);
    expect(urlOf(content)).toContain(`${environment.AWS_ENDPOINT_URL_S3}/bucket/results/key-1/picture_`);
    const copy = await fetch(urlOf(content));
    expect(copy.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await copy.arrayBuffer()).equals(pngFile(3))).toBe(true);
    expect({ format, ...size }).toEqual({ format: 'png', ...sizeOf(pngFile(3)) });
    expect(requests[0]).toMatch(/^PUT /);
  });

  it('has an address also when it was changed', async () => {
    const { finish } = await open();
    const { content, format } = await finish('/a.png', { ...plain, format: 'webp' });
    expect(format).toBe('webp');
    const copy = await fetch(urlOf(content));
    expect(copy.headers.get('content-type')).toBe('image/webp');
    expect(imageSize(Buffer.from(await copy.arrayBuffer())).type).toBe('webp');
  });

  it('is the upstream’s own, or a data URI, when the bucket can’t be used', async () => {
    const { finish, environment, errors, origin } = await open();
    const closed = { ...environment, BUCKET_NAME: 'other' };
    expect((await finish('/a.png', plain, closed)).content).toEqual({ url: `${origin}/a.png` });
    const changed = await finish('/a.png', { ...plain, format: 'webp' }, closed);
    expect(urlOf(changed.content)).toMatch(/^data:image\/webp;base64,/);
    expect(errors).toHaveLength(2);
  });

  it('is the upstream’s own when nobody but the caller may get it', async () => {
    const { finish, origin } = await open();
    expect((await finish('/gone.png', plain)).content).toEqual({ url: `${origin}/gone.png` });
    await expect(finish('/gone.png', { ...plain, format: 'webp' })).rejects.toMatchObject({ code: 'picture_lost' });
  });
});

function sizeOf(bytes: Buffer) {
  const { width, height } = imageSize(bytes);
  return { width, height };
}
