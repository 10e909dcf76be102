import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AccountUnauthorizedError, RateLimitedError } from '../../../shared/chat/errors/account-faults.ts';
import { UpstreamUnavailableError, UpstreamUnreachableError } from '../../../shared/chat/errors/answer-faults.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { start } from './pool-fixture.ts';
import { accessToken, firstRefreshToken, newRenewalFixture, type RenewalFixture } from './renewal-fixture.ts';

let dynalite: DynaliteServer;

beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.close());

/**
 * What becomes of one refresh. `lost`: the site has used the token and the answer never came; `crash`: the instance is
 * gone, before or after the site has used it; `late`: the answer comes when others have gone on.
 */
const outcomes = ['good', 'refused', 'lost', 'unreached', 'limited', 'crash-before', 'crash-after', 'late'] as const;
type Outcome = (typeof outcomes)[number];

function play(fixture: RenewalFixture, script: Outcome[], late: Promise<void>): void {
  fixture.refresh = async ({ refreshToken }) => {
    const outcome = script.shift() ?? 'good';
    if (outcome === 'unreached') throw new UpstreamUnreachableError('unreached');
    if (outcome === 'limited') throw new RateLimitedError('limited');
    if (outcome === 'crash-before') return new Promise(() => undefined);
    if (outcome === 'late') await late;
    const session = fixture.redeem(refreshToken);
    if (outcome === 'refused') throw new AccountUnauthorizedError('refused');
    if (outcome === 'lost') throw new UpstreamUnavailableError('broke off');
    return outcome === 'crash-after' ? new Promise(() => undefined) : session;
  };
}

it('never sends a refresh token twice that may have been used, and always comes to an end', async () => {
  const round = fc.record({
    instances: fc.integer({ min: 1, max: 3 }),
    script: fc.array(fc.constantFrom(...outcomes), { maxLength: 3 }),
    hasPassword: fc.boolean(),
    seconds: fc.integer({ min: 61, max: 1200 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 4 }), async (rounds) => {
      const fixture = await newRenewalFixture(dynalite);
      const password = rounds[0]?.hasPassword ? { email: 'owner@example.com', password: 'secret' } : {};
      await fixture.add({ token: accessToken(start, 100), refreshToken: firstRefreshToken, ...password });
      for (const { instances, script, seconds } of rounds) {
        const late = Promise.withResolvers<void>();
        play(fixture, [...script], late.promise);
        const account = await fixture.account();
        const renewals = Array.from({ length: instances }, () =>
          fixture
            .newInstance()
            .renew(account, 'chat')
            .then(
              (renewed) => renewed.secret,
              (error: Error) => error.name,
            ),
        );
        // An instance that crashed never answers; all others do, however many have crashed.
        const crashes = script.filter((outcome) => outcome.startsWith('crash') || outcome === 'late').length;
        const answers = await firstOf(renewals, Math.max(0, instances - crashes));
        late.resolve();
        expect(answers).not.toContain('TypeError');
        const after = await fixture.account();
        const gained = answers.filter((answer) => answer.startsWith('v1.'));
        for (const secret of gained) expect(secret).not.toBe(account.secret);
        if (password.email === undefined && !after.canRefresh) expect(gained.length === 0 || after.hasToken).toBe(true);
        fixture.time += seconds * 1000;
      }
      // The two that say for sure that the token was not used are the only ones after which it is sent again.
      expect(fixture.reused).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 120_000);

/** Resolves with the answers of the first so many. */
function firstOf<T>(promises: readonly Promise<T>[], count: number): Promise<readonly T[]> {
  const { promise, resolve } = Promise.withResolvers<readonly T[]>();
  const answers: T[] = [];
  if (count === 0) resolve(answers);
  for (const one of promises) {
    void one.then((answer) => {
      answers.push(answer);
      if (answers.length === count) resolve([...answers]);
    });
  }
  return promise;
}
