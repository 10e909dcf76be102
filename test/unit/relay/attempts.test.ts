import { describe, expect, it } from 'vitest';
import { PooledAccounts } from '../../../shared/accounts/pooled-accounts.ts';
import { ChallengeError } from '../../../shared/chat/errors/account-faults.ts';
import { UpstreamUnavailableError } from '../../../shared/chat/errors/answer-faults.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { Attempts } from '../../../shared/relay/attempts.ts';
import { World } from '../accounts/simulation/world.ts';

const logger = createLogger('error');

/** A pool of the simulated world, whose time goes on by itself. */
async function withPool(accounts: number, run: (accounts: PooledAccounts) => Promise<void>): Promise<void> {
  const limits = { maxInFlight: 1, spacing: 0, wait: 1000 };
  const world = await World.create({ accounts, instances: 1, limits, outcome: () => 'ok', duration: () => 0 });
  const pool = world.instances[0]?.pool;
  if (pool === undefined) throw new Error('the world has no instance');
  let running = true;
  const ran = run(new PooledAccounts(pool)).finally(() => {
    running = false;
  });
  while (running) await world.time.runUntil(world.time.now() + 100);
  await ran;
}

describe('Attempts', () => {
  it('survives two dead accounts in a pool of three', async () => {
    await withPool(3, async (accounts) => {
      const tried: string[] = [];
      const result = await new Attempts(accounts, logger).run(
        { requestId: 'r', signal: new AbortController().signal },
        async ({ accountId }) => {
          tried.push(accountId);
          if (tried.length < 3) throw new ChallengeError('solve this');
          return 'served';
        },
      );
      expect(result).toBe('served');
      expect(new Set(tried).size).toBe(3);
    });
  });

  it('keeps the account of a result for whoever takes it', async () => {
    await withPool(1, async (accounts) => {
      const attempts = new Attempts(accounts, logger);
      const context = { requestId: 'r', signal: new AbortController().signal };
      const lease = await attempts.run(context, async (given) => given);
      await expect(attempts.run(context, async () => 'too early')).rejects.toMatchObject({
        code: 'rate_limit_exceeded',
      });
      await lease.settle('ok');
      expect(await attempts.run(context, async () => 'served')).toBe('served');
    });
  });

  it.each([
    ['a mistake of its own', new TypeError('a mistake')],
    ['a fault that nothing mends', new UpstreamUnavailableError('away')],
  ])('leaves the account free after %s', async (_, error) => {
    await withPool(1, async (accounts) => {
      const attempts = new Attempts(accounts, logger);
      const context = { requestId: 'r', signal: new AbortController().signal };
      const failing = attempts.run(context, () => Promise.reject(error));
      await expect(failing).rejects.toBe(error);
      expect(await attempts.run(context, async () => 'served')).toBe('served');
    });
  });

  it('begins nothing more for a caller who has left, and leaves the account free', async () => {
    await withPool(2, async (accounts) => {
      const attempts = new Attempts(accounts, logger);
      const leaving = new AbortController();
      let tries = 0;
      const left = attempts.run({ requestId: 'r', signal: leaving.signal }, async () => {
        tries += 1;
        leaving.abort(new Error('left'));
        throw new UpstreamUnavailableError('away');
      });
      await expect(left).rejects.toThrow('away');
      expect(tries).toBe(1);
      const context = { requestId: 'r', signal: new AbortController().signal };
      const both = [attempts.run(context, async (lease) => lease), attempts.run(context, async (lease) => lease)];
      expect(new Set((await Promise.all(both)).map(({ accountId }) => accountId)).size).toBe(2);
    });
  });

  it('takes no account from others for an errand', async () => {
    await withPool(1, async (accounts) => {
      const attempts = new Attempts(accounts, logger);
      const context = { requestId: 'r', signal: new AbortController().signal };
      await attempts.run(context, async () => 'busy');
      expect(await attempts.run({ ...context, errand: true }, async () => 'run')).toBe('run');
      await expect(attempts.run(context, async () => 'too early')).rejects.toMatchObject({
        code: 'rate_limit_exceeded',
      });
    });
  });
});
