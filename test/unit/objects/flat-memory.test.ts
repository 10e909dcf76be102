import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../local/temporary-folder.ts';

const program = fileURLToPath(new URL('./stream-large-object.ts', import.meta.url));
const run = promisify(execFile);

/** A process of its own, because memory is counted for whole processes. */
async function stream(bytes: number): Promise<{ size: number; read: number; megabytes: number }> {
  const { stdout } = await run(process.execPath, [program, await temporaryFolder(), String(bytes)]);
  return JSON.parse(stdout);
}

describe('a large object', () => {
  it('takes no more memory than a few parts, in the gateway and in the store of the laptop together', async () => {
    const small = await stream(16 * 1024 * 1024);
    const large = await stream(200 * 1024 * 1024);
    console.log(`max RSS of a process that streams 16 MB: ${small.megabytes} MB, 200 MB: ${large.megabytes} MB`);
    expect(large).toMatchObject({ size: 200 * 1024 * 1024, read: 200 * 1024 * 1024 });
    expect(large.megabytes - small.megabytes).toBeLessThan(100);
  }, 60_000);
});
