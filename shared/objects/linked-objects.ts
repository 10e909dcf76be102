import type { ObjectLinks } from './object-links.ts';
import { ObjectStoreUnavailableError } from './object-store-errors.ts';
import { readAnswer, type SignedCall, sendSigned } from './signed-call.ts';

/** Long enough for a slow connection. */
const linkSeconds = 300;
/** The same request may be sent again: it does the same. */
const maximumTries = 3;

/**
 * The owner's bucket for functions that write whole small objects and delete them: through links of their own, because
 * a client of S3 would make their bundles half as large again. All methods throw ObjectStoreUnavailableError, and
 * ConfigurationError when the deployment gives this function no bucket.
 */
export class LinkedObjects {
  readonly #links: ObjectLinks;

  constructor(links: ObjectLinks) {
    this.#links = links;
  }

  /** Writes a whole object over what was there. @throws the signal's reason when it is aborted. */
  async put(
    key: string,
    bytes: Buffer,
    { mediaType }: { readonly mediaType: string },
    signal?: AbortSignal,
  ): Promise<void> {
    const { url, headers } = await this.#links.signPut(key, { size: bytes.length, mediaType, seconds: linkSeconds });
    await perform({ method: 'PUT', url, headers, body: bytes }, signal);
  }

  /** An object that is not there is no failure. */
  async delete(key: string): Promise<void> {
    await perform({ method: 'DELETE', url: await this.#links.signDelete(key, { seconds: linkSeconds }) });
  }
}

async function perform(call: SignedCall, signal?: AbortSignal): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const status = await statusOf(call, signal).catch((error: unknown) => {
      signal?.throwIfAborted();
      if (tries >= maximumTries) throw error;
      return undefined;
    });
    if (status === undefined || (status >= 500 && tries < maximumTries)) continue;
    if (status >= 200 && status < 300) return;
    throw new ObjectStoreUnavailableError(`The gateway's bucket answers with status ${status}. Try again.`);
  }
}

async function statusOf(call: SignedCall, signal?: AbortSignal): Promise<number> {
  const answer = await sendSigned(call, signal);
  await readAnswer(answer);
  return answer.statusCode ?? 0;
}
