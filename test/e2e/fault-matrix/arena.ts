import * as z from 'zod';
import { openGateway, parsed, type TestGateway } from '../../support/gateway.ts';

export type Mode = 'start' | 'dev';

export interface ArenaOptions {
  readonly mode: Mode;
  /** How many accounts there are. */
  readonly accounts: number;
  readonly env?: Readonly<Record<string, string>>;
}

const accountList = z.object({ data: z.array(z.object({ id: z.string(), label: z.string(), state: z.string() })) });
const password = 'as the site knows it';

/** A gateway whose accounts are given and looked at by the admin API only. */
export class Arena {
  readonly gateway: TestGateway;
  readonly #emails: readonly string[];

  private constructor(gateway: TestGateway, emails: readonly string[]) {
    this.gateway = gateway;
    this.#emails = emails;
  }

  static async open({ mode, accounts, env = {} }: ArenaOptions): Promise<Arena> {
    const gateway = await openGateway({ mode, accounts: [], env });
    const emails = Array.from({ length: accounts }, (_, number) => `account${number}@example.com`);
    const arena = new Arena(gateway, emails);
    for (const email of emails) gateway.simulator.control.accounts.add({ email, password });
    await arena.#addAccounts();
    return arena;
  }

  /** Makes all accounts what they were at the beginning. Functions see it when they next read the accounts. */
  async renewAccounts(): Promise<void> {
    for (const { id } of await this.accounts()) await this.#admin('DELETE', `/admin/accounts/${id}`);
    await this.#addAccounts();
  }

  async accounts() {
    return accountList.parse(await this.#admin('GET', '/admin/accounts')).data;
  }

  /** The states that accounts have, each once. */
  async states(): Promise<string> {
    const states = (await this.accounts()).map(({ state }) => state);
    return [...new Set(states)].toSorted().join(' and ');
  }

  /** The accounts that were asked for completions of questions that hold the mark, in their order. */
  asked(mark: string): readonly (string | undefined)[] {
    return this.gateway.simulator.control
      .requests()
      .filter(({ route, body }) => route === 'completion' && JSON.stringify(body).includes(mark))
      .map(({ account }) => account);
  }

  close(): Promise<void> {
    return this.gateway.close();
  }

  // With a token that is not of today, and one way to another: signing in.
  async #addAccounts(): Promise<void> {
    const { accounts } = this.gateway.simulator.control;
    for (const email of this.#emails) {
      await this.#admin('POST', '/admin/accounts', { email, password, token: accounts.token(email), label: email });
    }
  }

  async #admin(method: string, path: string, body?: object): Promise<unknown> {
    const response = await this.gateway.request(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return parsed(response);
  }
}
