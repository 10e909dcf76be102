import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { cacheControl, contentSecurityPolicy, contentTypes } from '../../infra/console-headers.ts';
import { isErrno } from '../state/is-errno.ts';

/** One file of the console, ready to be sent. */
export interface ConsoleFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Uint8Array;
  readonly etag: string;
}

/** The console's own paths and those of the API reference. No part of one may begin with a dot. */
const ownPath = /^\/(?:openapi\.json|(?:assets|api-docs)(?:\/\w[\w.-]*)*\/?)?$/;

/**
 * Reads the console's files as they are asked for, so that a new build is seen at once.
 *
 * @param folder that the console was built into.
 * @param storage origin of the local object store, from which pages show pictures and films.
 */
export class ConsoleFiles {
  readonly #folder: string;
  readonly #policy: string;

  constructor(folder: string, storage: string) {
    this.#folder = folder;
    this.#policy = contentSecurityPolicy(storage);
  }

  /** Whether a path is the console's, be there such a file or not. */
  claims(path: string): boolean {
    return ownPath.test(path);
  }

  /** @returns `undefined` when there is none. */
  async find(path: string): Promise<ConsoleFile | undefined> {
    if (!this.claims(path)) return undefined;
    const name = path.endsWith('/') ? `${path}index.html` : path;
    const content = await readFile(join(this.#folder, name)).catch(missing);
    const type = contentTypes[extname(name)];
    if (content === undefined || type === undefined) return undefined;
    const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
    const headers = {
      'content-type': type,
      'content-length': String(content.length),
      'cache-control': path.startsWith('/assets/') ? cacheControl.hashed : cacheControl.other,
      'content-security-policy': this.#policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      etag,
    };
    return { headers, content, etag };
  }
}

function missing(error: unknown): undefined {
  if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR') || isErrno(error, 'EISDIR')) return undefined;
  throw error;
}
