import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ObjectFolder } from '../../local/objects/object-folder.ts';
import { createObjectServer } from '../../local/objects/object-server.ts';
import { dummyCredentials } from '../../local/store/dummy-credentials.ts';
import { listenOnLoopback } from '../../local/store/listen-on-loopback.ts';
import type { ObjectEnvironment } from '../../shared/objects/object-place.ts';
import { temporaryFolder } from '../unit/local/temporary-folder.ts';

export interface TestBucket {
  readonly environment: ObjectEnvironment;
  readonly folder: ObjectFolder;
  /** Where the server keeps its files. */
  readonly path: string;
  /** What the server was asked, as `PUT /bucket/key?…`, oldest first. */
  readonly requests: readonly string[];
}

/**
 * Opens the laptop's object store in a folder of the test's own, with one bucket, and lets the SDK find it: its
 * environment is the process's.
 */
export async function openTestBucket(): Promise<TestBucket> {
  const path = join(await temporaryFolder(), 'objects');
  const folder = await ObjectFolder.open(path);
  const requests: string[] = [];
  const server = createObjectServer({ folder, hasBucket: (name) => name === 'bucket' });
  server.prependListener('request', ({ method, url }) => requests.push(`${method} ${url}`));
  const port = await listenOnLoopback(server, 0);
  const before = { ...process.env };
  const environment = {
    ...dummyCredentials,
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
    BUCKET_NAME: 'bucket',
  };
  Object.assign(process.env, environment);
  onTestFinished(() => {
    process.env = before;
    server.closeAllConnections();
    server.close();
  });
  return { environment, folder, path, requests };
}
