import { isRecord } from '../is-record.ts';
import { CommandError, exitCodes } from './command-error.ts';

/** An answer of the admin API. */
export type AdminAnswer = Readonly<Record<string, unknown>>;

/** Speaks to the admin API of one gateway. */
export class AdminClient {
  readonly #url: string;
  readonly #key: string;

  /** @param url without a slash at its end. */
  constructor(url: string, key: string) {
    this.#url = url.replace(/\/+$/, '');
    this.#key = key;
  }

  /** @throws CommandError when the gateway can't be reached, or refuses. */
  async call(method: string, path: string, body?: object): Promise<AdminAnswer> {
    const response = await this.open(method, path, body === undefined ? {} : { body });
    return readAnswer(await response.text());
  }

  /** The same, with the answer's body still to be read. */
  async open(
    method: string,
    path: string,
    { body, headers = {} }: { readonly body?: object; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<Response> {
    const response = await this.#send(method, path, {
      headers: { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    throw new CommandError(explain(await response.text(), response.status), exitCodes.refused);
  }

  async #send(method: string, path: string, init: RequestInit): Promise<Response> {
    try {
      const response = await fetch(this.#url + path, { method, ...init });
      if (method !== 'GET' && response.headers.get('x-qwen-upstream') === 'simulator') {
        console.error('Note: this gateway runs on its simulator. Start it again to use real accounts.');
      }
      return response;
    } catch (cause) {
      throw new CommandError(
        `Nobody answers at ${this.#url}. Start the gateway, or give --url.`,
        exitCodes.unreachable,
        {
          cause,
        },
      );
    }
  }
}

/** The entries of a list. */
export function rowsOf({ data }: AdminAnswer): readonly AdminAnswer[] {
  return Array.isArray(data) ? data.filter(isRecord) : [];
}

function readAnswer(text: string): AdminAnswer {
  const answer: unknown = JSON.parse(text);
  return isRecord(answer) ? answer : {};
}

function explain(text: string, status: number): string {
  try {
    const { error } = readAnswer(text);
    if (isRecord(error) && typeof error.message === 'string') return `${error.message} (${String(error.code)})`;
  } catch {
    // What is no JSON did not come from the gateway; its status says enough.
  }
  return `The gateway answered ${status}.`;
}
