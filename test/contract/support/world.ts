import { expect, vi } from 'vitest';
import * as z from 'zod';
import { openGateway, type TestGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import type { Contract, ReadAnswer } from './contract.ts';
import type { SeenAnswers } from './seen-answers.ts';

/** One call of a route. */
export interface ContractCall {
  /** What stands in the path's braces; something that nobody has made when absent. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  /** In place of the owner's key. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a call was answered. */
export interface ContractAnswer extends ReadAnswer {
  /** The parsed body of a JSON answer. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every form.
  readonly json: any;
}

/** What of an error's body tells its code, in whichever form it has one. */
const errorBody = z.object({
  error: z.object({
    code: z.union([z.string(), z.number()]).optional(),
    type: z.string().optional(),
    details: z.array(z.object({ reason: z.string().optional() })).optional(),
  }),
});

/** A gateway that is only asked in ways that the contract knows, and whose every answer is held against it. */
export class World {
  readonly gateway: TestGateway;
  readonly #contract: Contract;
  readonly #seen: SeenAnswers;

  private constructor(gateway: TestGateway, contract: Contract, seen: SeenAnswers) {
    this.gateway = gateway;
    this.#contract = contract;
    this.#seen = seen;
  }

  static async open(contract: Contract, seen: SeenAnswers, options: TestGatewayOptions = {}): Promise<World> {
    return new World(await openGateway(options), contract, seen);
  }

  /**
   * Calls a route that is to answer well.
   *
   * @throws Error when the answer is not as documented, or an error.
   */
  async good(key: string, call: ContractCall = {}): Promise<ContractAnswer> {
    const answer = await this.answer(key, call);
    if (answer.status >= 400) throw new Error(`${key}: ${answer.status} ${answer.text.slice(0, 500)}`);
    this.#seen.note(key, answer.status, undefined);
    return answer;
  }

  /** Calls a route that is to answer with this error. @throws Error when it does not, or not as documented. */
  async refused(key: string, code: string, call: ContractCall = {}): Promise<ContractAnswer> {
    const answer = await this.answer(key, call);
    const told = codeOf(answer.json);
    const isRight = answer.status === this.#contract.statusOf(code) && (told === undefined || told === code);
    if (!isRight) throw new Error(`${key}: not ${code} but ${answer.status} ${answer.text.slice(0, 500)}`);
    this.#seen.note(key, answer.status, code);
    return answer;
  }

  /** Calls a route of which nobody knows how it ends. @throws Error when the answer is not as documented. */
  async either(key: string, code: string, call: ContractCall = {}): Promise<ContractAnswer> {
    const answer = await this.answer(key, call);
    if (answer.status < 400) this.#seen.note(key, answer.status, undefined);
    else this.#seen.note(key, answer.status, codeOf(answer.json) ?? code);
    return answer;
  }

  /** Takes note that a route has refused a body in the words for bodies that are not valid. */
  noteRefusal(key: string): void {
    this.#seen.note(key, 400, 'invalid_request');
  }

  /** Calls a route. @throws Error when the answer is not as documented, whatever it is. */
  async answer(key: string, call: ContractCall = {}): Promise<ContractAnswer> {
    const answer = await this.send(key, call);
    const problems = this.#contract.problems(key, answer);
    if (problems.length > 0) {
      const words = `${key} has answered ${answer.status}, and not as documented: ${problems.slice(0, 5).join('; ')}`;
      throw new Error(`${words}\n${answer.text.slice(0, 1000)}`);
    }
    return answer;
  }

  /** Calls a route without a look at the contract. */
  async send(key: string, { path = {}, query = '', body, headers }: ContractCall): Promise<ContractAnswer> {
    const { route } = this.#contract.find(key);
    const place = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => path[name] ?? unknownOf(name));
    const isForm = body instanceof FormData;
    const response = await fetch(this.gateway.runtime.url + place + query, {
      method: route.method,
      redirect: 'manual',
      headers: {
        ...(isForm ? {} : { 'content-type': 'application/json' }),
        ...(headers ?? { authorization: `Bearer ${this.gateway.adminKey}` }),
      },
      ...(body !== undefined && { body: isForm || typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
  }

  /** Waits for a moment of the clock that functions go by: a key's end can't be had in another way. */
  async until(moment: Date): Promise<void> {
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(moment.getTime()), { timeout: 10_000, interval: 100 });
  }

  close(): Promise<void> {
    return this.gateway.close();
  }
}

function unknownOf(name: string): string {
  return name === 'model' ? 'qwen3.7-plus' : 'nobody-has-made-this';
}

/** Anthropic's form has none. */
function codeOf(json: unknown): string | undefined {
  const { error } = errorBody.safeParse(json).data ?? {};
  if (typeof error?.code === 'string') return error.code;
  return error?.details?.find(({ reason }) => reason !== undefined)?.reason;
}
