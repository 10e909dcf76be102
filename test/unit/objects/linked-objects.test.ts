import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listenOnLoopback } from '../../../local/store/listen-on-loopback.ts';
import { LinkedObjects } from '../../../shared/objects/linked-objects.ts';
import { ObjectLinks } from '../../../shared/objects/object-links.ts';
import { ObjectReader } from '../../../shared/objects/object-reader.ts';
import { openTestBucket } from '../../support/object-bucket.ts';

const never = new AbortController().signal;

/** A bucket that answers with these statuses, then with 200; 0 breaks the connection. */
async function openFaultyBucket(statuses: number[]) {
  const { environment } = await openTestBucket();
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.method);
    const status = statuses.shift() ?? 200;
    request.resume();
    if (status === 0) request.socket.destroy();
    else response.writeHead(status).end('<Error/>');
  });
  const port = await listenOnLoopback(server, 0);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const links = new ObjectLinks({ ...environment, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}` });
  return { objects: new LinkedObjects(links), seen };
}

describe('objects through links', () => {
  it('are put, and deleted', async () => {
    const { environment } = await openTestBucket();
    const links = new ObjectLinks(environment);
    const objects = new LinkedObjects(links);
    const reader = new ObjectReader(links);
    for (const words of ['first', 'second one', '']) {
      await objects.put('results/a', Buffer.from(words), { mediaType: 'text/plain' });
      const opened = await reader.open('results/a', never);
      expect(opened).toMatchObject({ size: words.length, mediaType: 'text/plain' });
      expect(opened && (await text(opened.stream))).toBe(words);
    }
    await objects.delete('results/a');
    await objects.delete('results/a');
    expect(await reader.open('results/a', never)).toBeUndefined();
  });

  it.each([
    ['errors of the bucket', [500, 503]],
    ['connections that break', [0, 0]],
  ])('survive %s', async (_, statuses) => {
    const { objects, seen } = await openFaultyBucket(statuses);
    await objects.put('results/a', Buffer.from('a'), { mediaType: 'text/plain' });
    expect(seen).toEqual(['PUT', 'PUT', 'PUT']);
  });

  it.each([
    ['that stays away', [500, 0, 503], 3],
    ['that refuses', [403], 1],
  ])('say when there is a bucket %s', async (_, statuses, tries) => {
    const { objects, seen } = await openFaultyBucket(statuses);
    await expect(objects.delete('results/a')).rejects.toMatchObject({ code: 'object_store_unavailable', status: 503 });
    expect(seen).toHaveLength(tries);
  });

  it('are given up with the reason', async () => {
    const { objects, seen } = await openFaultyBucket([]);
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(objects.put('results/a', Buffer.from('a'), { mediaType: 'text/plain' }, signal)).rejects.toBe(reason);
    expect(seen).toEqual([]);
  });
});
