import { setTimeout as pause } from 'node:timers/promises';
import { DocumentUnreadableError, StalledAnswerError } from '../../chat/errors/answer-faults.ts';
import type { Credentials } from '../../chat/upstream.ts';
import { upstreamHeaders } from './headers.ts';
import { callJson, type JsonAnswer } from './json-call.ts';
import { isJsonObject, textField } from './json-fields.ts';
import type { Transport } from './transport.ts';

/** Milliseconds between two questions (qwen-web §6.4). */
const shortestPause = 500;
const longestPause = 1000;
/** Milliseconds that the upstream may take. An answer about a document that was not read would be made up. */
const longestPatience = 45_000;

/** A document that was put into the storage. */
export interface StoredDocument {
  readonly id: string;
  readonly name: string;
}

/** Has documents read by the upstream, which models need before they can answer about them (qwen-web §6.4). */
export class Documents {
  readonly #transport: Transport;
  readonly #patience: number;

  /** @param patience milliseconds that the reading of one may take; never more than 45,000. */
  constructor(transport: Transport, patience: number = longestPatience) {
    this.#transport = transport;
    this.#patience = Math.min(patience, longestPatience);
  }

  /**
   * Has one read, and waits for that.
   *
   * @throws DocumentUnreadableError when it can't be; StalledAnswerError when it takes too long; UpstreamError
   */
  async read({ id, name }: StoredDocument, credentials: Credentials, signal: AbortSignal): Promise<void> {
    await this.#call('/api/v2/files/parse', { file_id: id }, credentials, signal);
    const end = performance.now() + this.#patience;
    for (let wait = shortestPause; ; wait = Math.min(wait * 1.2, longestPause)) {
      await pause(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
      const asked = { file_id_list: [id] };
      const status = statusOf(await this.#call('/api/v2/files/parse/status', asked, credentials, signal));
      if (status === 'success') return;
      if (status === 'failed' || status === 'error') {
        throw new DocumentUnreadableError(`The upstream can't read the document '${name}'.`, { upstreamCode: status });
      }
      if (performance.now() > end) {
        throw new StalledAnswerError(`The upstream took too long to read the document '${name}'.`);
      }
    }
  }

  #call(path: string, body: object, credentials: Credentials, signal: AbortSignal): Promise<JsonAnswer> {
    return callJson(this.#transport, {
      method: 'POST',
      path,
      headers: upstreamHeaders({ credentials, accept: 'application/json' }),
      body: JSON.stringify(body),
      signal,
      account: credentials,
    });
  }
}

/** One was asked for, so one is told of, in a list or alone. */
function statusOf({ body }: JsonAnswer): string | undefined {
  const data = Array.isArray(body.data) ? body.data[0] : body.data;
  return isJsonObject(data) ? textField(data, 'status')?.toLowerCase() : undefined;
}
