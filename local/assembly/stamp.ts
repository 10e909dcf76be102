import { readFile, stat, writeFile } from 'node:fs/promises';

/**
 * Notes beside made files what they were made from, and what they looked like then, so that a file which somebody else
 * made anew since is not taken for ours.
 */
export class Stamp {
  readonly #path: string;
  readonly #outputs: readonly string[];

  constructor(path: string, outputs: readonly string[]) {
    this.#path = path;
    this.#outputs = outputs;
  }

  /** Whether the outputs are still those that were made from the sources with this hash. */
  async fits(sourceHash: string): Promise<boolean> {
    try {
      const [noted, now] = await Promise.all([readFile(this.#path, 'utf8'), this.#describe(sourceHash)]);
      return noted === now;
    } catch {
      return false;
    }
  }

  /** @throws Error when an output is missing. */
  async write(sourceHash: string): Promise<void> {
    await writeFile(this.#path, await this.#describe(sourceHash));
  }

  async #describe(sourceHash: string): Promise<string> {
    const outputs = await Promise.all(
      this.#outputs.map(async (path) => {
        const { size, mtimeMs } = await stat(path);
        return `${path} ${size} ${mtimeMs}`;
      }),
    );
    return [sourceHash, ...outputs, ''].join('\n');
  }
}
