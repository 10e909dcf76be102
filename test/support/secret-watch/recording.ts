import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, type WriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of one recording. */
export const recordingFiles = { name: 'name', lines: 'lines', answers: 'answers', secrets: 'secrets' } as const;

/** What one gateway of a test has logged and answered, and the secrets that it knew, in files of the run's folder. */
export class Recording {
  readonly #files: Readonly<Record<'lines' | 'answers' | 'secrets', WriteStream>>;
  readonly #secrets = new Set<string>();

  /**
   * @param folder of the run.
   * @param name by which a person finds the gateway again.
   */
  constructor(folder: string, name: string) {
    const own = join(folder, randomUUID());
    mkdirSync(own, { mode: 0o700 });
    writeFileSync(join(own, recordingFiles.name), name);
    const open = (file: string) => createWriteStream(join(own, file), { mode: 0o600 });
    this.#files = {
      lines: open(recordingFiles.lines),
      answers: open(recordingFiles.answers),
      secrets: open(recordingFiles.secrets),
    };
  }

  /** A line of the log, or some of them. */
  line(text: string): void {
    this.#files.lines.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  /** All that one connection has brought its client. */
  answers(bytes: Uint8Array): void {
    this.#files.answers.write(bytes);
  }

  /** Something that must stand in no line and no answer. */
  secret(text: string): void {
    if (text === '' || this.#secrets.has(text)) return;
    this.#secrets.add(text);
    this.#files.secrets.write(`${JSON.stringify(text)}\n`);
  }

  /** Resolves when all of it is stored. */
  async close(): Promise<void> {
    await Promise.all(Object.values(this.#files).map((file) => once(file.end(), 'finish')));
  }
}
