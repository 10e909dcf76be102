import { type FileHandle, open, readFile } from 'node:fs/promises';
import { isRecord } from '../is-record.ts';
import { isFrame, type Progress } from './runs/frame.ts';

/** How an execution ended, in the words of the API. */
export type EndStatus = 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What an execution began with. Times are epoch milliseconds. */
export interface Beginning {
  readonly machineArn: string;
  readonly name: string;
  readonly input: unknown;
  readonly startedAt: number;
}

export interface End {
  readonly status: EndStatus;
  readonly stoppedAt: number;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

/** One execution as its file tells. */
export interface Chronicle {
  readonly beginning: Beginning;
  /** The last that was reached, by the path of the group of states. */
  readonly reached: ReadonlyMap<string, Progress>;
  readonly end: End | undefined;
}

/** The file of one execution: a line for each transition, so that a kill loses nothing but a torn last line. */
export class Journal {
  readonly #file: FileHandle;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Begins a file. @throws Error EEXIST when there is one. */
  static async create(path: string, beginning: Beginning): Promise<Journal> {
    const journal = new Journal(await open(path, 'ax', 0o600));
    await journal.#write({ beginning });
    return journal;
  }

  /** Goes on with a file. */
  static async resume(path: string): Promise<Journal> {
    const journal = new Journal(await open(path, 'a'));
    // What comes next must not become part of a line that a kill has torn.
    await journal.#file.appendFile('\n');
    return journal;
  }

  keep(path: string, progress: Progress): Promise<void> {
    return this.#write({ path, progress });
  }

  async end(end: End): Promise<void> {
    await this.#write({ end });
    await this.close();
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }

  #write(line: object): Promise<void> {
    const written = this.#writing.then(() => this.#file.appendFile(`${JSON.stringify(line)}\n`));
    this.#writing = written.catch(() => {});
    return written;
  }
}

/** Reads a file. @returns `undefined` when it was killed before its first line was whole. */
export async function readJournal(path: string): Promise<Chronicle | undefined> {
  let beginning: Beginning | undefined;
  let end: End | undefined;
  const reached = new Map<string, Progress>();
  for (const line of (await readFile(path, 'utf8')).split('\n')) {
    const entry = parseLine(line);
    if (isBeginning(entry.beginning)) beginning = entry.beginning;
    else if (isEnd(entry.end)) end = entry.end;
    else if (typeof entry.path === 'string' && isProgress(entry.progress)) reached.set(entry.path, entry.progress);
  }
  return beginning === undefined ? undefined : { beginning, reached, end };
}

function parseLine(line: string): Readonly<Record<string, unknown>> {
  try {
    const entry: unknown = JSON.parse(line);
    return isRecord(entry) ? entry : {};
  } catch {
    return {};
  }
}

function isBeginning(value: unknown): value is Beginning {
  return isRecord(value) && typeof value.machineArn === 'string' && typeof value.name === 'string';
}

function isEnd(value: unknown): value is End {
  return isRecord(value) && typeof value.status === 'string' && typeof value.stoppedAt === 'number';
}

function isProgress(value: unknown): value is Progress {
  return isRecord(value) && (value.type === 'done' || (value.type === 'frame' && isFrame(value.frame)));
}
