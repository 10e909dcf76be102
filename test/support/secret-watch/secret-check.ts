import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Vitest } from 'vitest/node';
import { scanRecordings } from './scan-recordings.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the run in which gateways record themselves; absent where nobody looks through it. */
    recordings?: string;
  }
}

/**
 * Looks through everything that the gateways of a test run have logged and answered, once the run has ended, for any
 * secret that was in play. What they record lies outside of the checkout, and is gone with the run.
 */
export class SecretCheck {
  #folder: string | undefined;

  /** Makes the folder, and tells the workers where it is. */
  begin(vitest: Pick<Vitest, 'provide'>): void {
    const folder = mkdtempSync(join(tmpdir(), 'qwen-gateway-recordings-'));
    this.#folder = folder;
    vitest.provide('recordings', folder);
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  }

  /** Prints one line, and another one for each place that has a secret. @returns how many these are. */
  async end(print: (line: string) => void): Promise<number> {
    const folder = this.#folder;
    if (folder === undefined) return 0;
    const { gateways, lines, answers, bytes, secrets, leaks } = await scanRecordings(folder);
    // In watch mode another run may follow.
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
    for (const { gateway, place } of leaks) print(`SECRET FOUND in ${place} of the gateway of ${gateway}`);
    print(
      `Secrets: ${gateways} gateways and programs, ${lines} log lines, ${answers} answers, ${bytes} bytes, ${secrets} secrets looked for, ${leaks.length} found`,
    );
    return leaks.length;
  }
}
