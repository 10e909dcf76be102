import { randomBytes } from 'node:crypto';
import { importAccounts } from '../../../../shared/accounts/import-accounts.ts';
import type { AccountLimits } from '../../../../shared/accounts/lease.ts';
import { GatewayError } from '../../../../shared/chat/errors/gateway-error.ts';
import { SecretBox } from '../../../../shared/secrets/secret-box.ts';
import { MemoryTable } from '../../../support/memory-table.ts';
import { start, tokensOf } from '../pool-fixture.ts';
import { type OutcomeName, outcomes } from '../pool-model.ts';
import { Instance, killed } from './instance.ts';
import { Observer } from './observer.ts';
import { SimulatedTime } from './simulated-time.ts';

export interface WorldOptions {
  readonly accounts: number;
  readonly instances: number;
  readonly limits: AccountLimits;
  /** What an account's next request meets. @param number which account it is. */
  readonly outcome: (number: number) => OutcomeName;
  /** How long that takes, in milliseconds. */
  readonly duration: () => number;
  /** As on Lambda: an instance serves one request at a time, and is frozen when it has none. */
  readonly freezes?: boolean;
}

/** Accounts, instances of the gateway and an upstream, in simulated time. */
export class World {
  readonly time = new SimulatedTime(start);
  readonly table = new MemoryTable();
  readonly observer: Observer;
  readonly ids: string[] = [];
  readonly refused = new Map<string, number>();
  readonly instances: Instance[] = [];
  kills = 0;
  readonly #box: SecretBox;
  readonly #options: WorldOptions;

  private constructor(options: WorldOptions) {
    const key = randomBytes(32);
    this.#box = new SecretBox(async () => key);
    this.#options = options;
    this.observer = new Observer(this.table, this.time.now, options.limits);
  }

  static async create(options: WorldOptions): Promise<World> {
    const world = new World(options);
    await importAccounts(world.#tokens(), world.table, world.#box);
    for (const item of await world.table.query('accounts#qwen-web')) world.ids.push(String(item.sk));
    for (let count = 0; count < options.instances; count++) world.instances.push(world.#newInstance());
    return world;
  }

  /** One request from the first byte to the last, on some instance. @returns whether it was served. */
  async request(): Promise<boolean> {
    const instance = this.#chooseInstance();
    instance.begin();
    try {
      return await this.#serve(instance);
    } finally {
      await Promise.race([instance.pool.flush(), instance.killed]);
      instance.end();
    }
  }

  async #serve(instance: Instance): Promise<boolean> {
    const lease = await Promise.race([
      instance.pool.lease('chat').catch((error) => this.#refuse(error)),
      instance.killed,
    ]);
    if (lease === undefined || lease === killed) return false;
    this.observer.begin(lease);
    const answered = await Promise.race([this.time.sleep(this.#options.duration()), instance.killed]);
    if (answered === killed) {
      this.observer.lose(lease);
      return false;
    }
    const outcome = this.#options.outcome(this.ids.indexOf(lease.accountId));
    this.observer.end(lease, outcome);
    await Promise.race([instance.pool.settle(lease, 'chat', outcomes[outcome]()), instance.killed]);
    return outcome === 'ok';
  }

  /** Ends an instance as a crash does, and starts another. */
  killOne(): void {
    const at = Math.floor(Math.random() * this.instances.length);
    this.instances[at]?.kill();
    this.instances[at] = this.#newInstance();
    this.kills += 1;
  }

  /** Lambda starts another instance when all of them are busy. */
  #chooseInstance(): Instance {
    const { freezes = false } = this.#options;
    const able = freezes ? this.instances.filter(({ idle }) => idle) : this.instances;
    const chosen = able[Math.floor(Math.random() * able.length)];
    if (chosen !== undefined) return chosen;
    const started = this.#newInstance();
    this.instances.push(started);
    return started;
  }

  #newInstance(): Instance {
    const { limits, freezes = false } = this.#options;
    return new Instance({ table: this.table, secretBox: this.#box, time: this.time, limits, freezes });
  }

  #refuse(error: unknown): undefined {
    if (!(error instanceof GatewayError)) throw error;
    this.refused.set(error.code, (this.refused.get(error.code) ?? 0) + 1);
  }

  #tokens() {
    const users = Array.from({ length: this.#options.accounts }, (_, number) => `user-${number}`);
    return { QWEN_TOKENS: tokensOf(...users) };
  }
}
