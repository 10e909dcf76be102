import type { IncomingMessage } from 'node:http';
import type { ObjectLinks } from './object-links.ts';
import { ObjectStoreUnavailableError } from './object-store-errors.ts';
import { readAnswer, sendSigned } from './signed-call.ts';

/** Which bytes are wanted: from the first to the last, both counted from 0 and part of it. */
export interface ObjectRange {
  readonly start: number;
  readonly end?: number;
}

/** An object that is being read. Whoever got it reads it to its end, or destroys it. */
export interface OpenedObject {
  readonly stream: IncomingMessage;
  /** Bytes that the stream gives: all of the object, or those of the range. */
  readonly size: number;
  readonly mediaType: string;
}

const linkSeconds = 60;
const defaultMediaType = 'application/octet-stream';

/** Reads objects without a client of S3, for functions that do nothing else with the bucket. */
export class ObjectReader {
  readonly #links: Pick<ObjectLinks, 'signGet'>;

  constructor(links: Pick<ObjectLinks, 'signGet'>) {
    this.#links = links;
  }

  /**
   * @param signal ends the reading, too.
   * @returns `undefined` when there is no such object.
   * @throws ObjectStoreUnavailableError; the signal's reason when it is aborted.
   */
  async open(
    key: string,
    signal: AbortSignal,
    { range }: { readonly range?: ObjectRange } = {},
  ): Promise<OpenedObject | undefined> {
    const url = await this.#links.signGet(key, { seconds: linkSeconds });
    const headers = range === undefined ? {} : { range: `bytes=${range.start}-${range.end ?? ''}` };
    const stream = await sendSigned({ method: 'GET', url, headers }, signal);
    const { statusCode = 0, headers: answered } = stream;
    if (statusCode === 200 || statusCode === 206) {
      const mediaType = answered['content-type'] ?? defaultMediaType;
      return { stream, size: Number(answered['content-length']), mediaType };
    }
    const isMissing = await meansMissing(stream);
    if (isMissing) return undefined;
    throw new ObjectStoreUnavailableError(`The gateway's bucket answers with status ${statusCode}. Try again.`);
  }
}

/** S3 denies access to what is not there, unless one may list the bucket; nobody may. */
async function meansMissing(answer: IncomingMessage): Promise<boolean> {
  const { statusCode } = answer;
  const body = await readAnswer(answer);
  return statusCode === 404 || (statusCode === 403 && body.includes('<Code>AccessDenied</Code>'));
}
