import { join } from 'node:path';
import { ObjectFolder } from '../../../local/objects/object-folder.ts';
import { createObjectServer } from '../../../local/objects/object-server.ts';
import { dummyCredentials } from '../../../local/store/dummy-credentials.ts';
import { listenOnLoopback } from '../../../local/store/listen-on-loopback.ts';
import { ObjectLinks } from '../../../shared/objects/object-links.ts';
import { ObjectReader } from '../../../shared/objects/object-reader.ts';
import { ObjectStore } from '../../../shared/objects/object-store.ts';

// A program: streams an object of so many bytes into a store of its own and out again, and prints the most memory that
// all of it took. Arguments: a folder, and the bytes.

const [, , folder = '', bytes = '0'] = process.argv;
const server = createObjectServer({
  folder: await ObjectFolder.open(join(folder, 'objects')),
  hasBucket: () => true,
});
const port = await listenOnLoopback(server, 0);
const environment = { ...dummyCredentials, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`, BUCKET_NAME: 'bucket' };
Object.assign(process.env, environment);

async function* pieces(): AsyncGenerator<Buffer> {
  const piece = Buffer.alloc(64 * 1024, 7);
  for (let sent = 0; sent < Number(bytes); sent += piece.length) yield piece;
}

const { signal } = new AbortController();
const { size } = await new ObjectStore(environment).putStream('results/a', pieces(), {
  mediaType: 'video/mp4',
  signal,
});
const opened = await new ObjectReader(new ObjectLinks(environment)).open('results/a', signal);
let read = 0;
for await (const piece of opened?.stream ?? []) read += piece.length;
const { maxRSS } = process.resourceUsage();
process.stdout.write(JSON.stringify({ size, read, megabytes: Math.round(maxRSS / 1000) }), () => process.exit(0));
