import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeasedAccount } from '../../../shared/accounts/leased-account.ts';
import { BroughtAccounts } from '../../../shared/accounts/pass-through/brought-accounts.ts';
import { TokenDesk } from '../../../shared/accounts/pass-through/token-desk.ts';
import { TokenUses } from '../../../shared/accounts/pass-through/token-uses.ts';
import { CallerToken } from '../../../shared/chat/caller-token.ts';
import { ChallengeError, QuotaExhaustedError, RateLimitedError } from '../../../shared/chat/errors/account-faults.ts';
import { UpstreamUnavailableError } from '../../../shared/chat/errors/answer-faults.ts';
import { SimulatedTime } from './simulation/simulated-time.ts';

const [a, b, c] = [new CallerToken('a'), new CallerToken('b'), new CallerToken('c')] as const;

/** One instance, whose requests try the tokens in the order given. */
function newInstance(limits = { maxInFlight: 1, spacing: 0, wait: 10_000 }) {
  const time = new SimulatedTime(1_000_000);
  const desk = new TokenDesk({ limits, now: time.now, after: time.after });
  const request = (...tokens: CallerToken[]) => new BroughtAccounts(tokens, desk);
  return { time, desk, request };
}

async function tokenOf(lease: Promise<LeasedAccount>): Promise<string> {
  return (await lease).credentials.token;
}

describe('BroughtAccounts', () => {
  it('gives the first of the request’s order, with nothing but its token', async () => {
    const { request } = newInstance();
    const lease = await request(b, a).lease('chat');
    expect(lease).toMatchObject({ accountId: b.id, kind: 'chat', isBrought: true });
    expect(lease.credentials).toMatchObject({ token: 'b' });
    expect(lease.credentials.cookie).toBeUndefined();
    expect(lease.credentials.proxyUrl).toBeUndefined();
  });

  it('keeps cookies of the site for one lease only', async () => {
    const { request } = newInstance();
    const accounts = request(a);
    const lease = await accounts.lease('chat');
    lease.credentials.keepCookies?.(['acw_tc=kept; Path=/']);
    expect(lease.credentials.cookie).toContain('acw_tc=kept');
    await lease.settle('ok');
    expect((await accounts.lease('chat')).credentials.cookie).toBeUndefined();
  });

  it('takes the next one while the first is busy, and waits when all are', async () => {
    const { time, request } = newInstance();
    const [first, second] = [await request(a, b).lease('chat'), await request(a, b).lease('chat')];
    expect([first.credentials.token, second.credentials.token]).toEqual(['a', 'b']);
    const third = tokenOf(request(a, b).lease('chat'));
    await time.runUntil(time.now() + 5000);
    second.release();
    expect(await third).toBe('b');
  });

  it('keeps the distance between two requests of a token', async () => {
    const { time, request } = newInstance({ maxInFlight: 1, spacing: 3000, wait: 10_000 });
    const begun = time.now();
    await (await request(a).lease('chat')).settle('ok');
    const next = request(a)
      .lease('chat')
      .then(() => time.now());
    await time.runUntil(begun + 9000);
    expect((await next) - begun).toBe(3000);
  });

  it('says that all are busy when waiting takes too long, and heeds the caller’s own patience and leaving', async () => {
    const { time, request } = newInstance();
    await request(a).lease('chat');
    const busy = expect(request(a).lease('chat')).rejects.toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
    const hasty = expect(request(a).lease('chat', { patience: 10 })).rejects.toMatchObject({ status: 429 });
    const leaving = new AbortController();
    const left = expect(request(a).lease('chat', { signal: leaving.signal })).rejects.toThrow('left');
    leaving.abort(new Error('left'));
    await left;
    await time.runUntil(time.now() + 11);
    await hasty;
    await time.runUntil(time.now() + 10_000);
    await busy;
  });

  it('passes over a token that has met something, for all requests of the instance, until that is over', async () => {
    const { time, request } = newInstance();
    await (await request(a, b).lease('chat')).settle(new RateLimitedError('slow', { retryAfterSeconds: 60 }));
    const next = await request(a, b).lease('chat');
    expect(next.credentials.token).toBe('b');
    next.release();
    await time.runUntil(time.now() + 60_000);
    expect(await tokenOf(request(a, b).lease('chat'))).toBe('a');
  });

  it('tries one of those that have met something when no other is left, the one that is back first', async () => {
    const { request } = newInstance();
    await (await request(a).lease('chat')).settle(new QuotaExhaustedError('used up', { retryAfterSeconds: 9000 }));
    await (await request(b).lease('chat')).settle(new RateLimitedError('slow', { retryAfterSeconds: 60 }));
    const accounts = request(a, b);
    const probe = await accounts.lease('chat');
    expect(probe.credentials.token).toBe('b');
    await probe.settle(new RateLimitedError('slow', { retryAfterSeconds: 60 }));
    const more = accounts.lease('chat', { exclude: new Set([b.id]) });
    await expect(more).rejects.toMatchObject({ code: 'rate_limit_exceeded', retryAfterSeconds: 60 });
  });

  it('forgives a token after a good answer', async () => {
    const { request } = newInstance();
    await (await request(a).lease('chat')).settle(new ChallengeError('solve this'));
    await (await request(a).lease('chat')).settle('ok');
    expect(await tokenOf(request(a, b).lease('chat'))).toBe('a');
  });

  it('holds a fault of nobody’s account against nobody', async () => {
    const { request } = newInstance();
    await (await request(a, b).lease('chat')).settle(new UpstreamUnavailableError('away'));
    expect(await tokenOf(request(a, b).lease('chat'))).toBe('a');
  });

  it('goes on with a chat by its own token, whatever that has met, and by no other', async () => {
    const { request } = newInstance();
    await (await request(b).lease('chat')).settle(new RateLimitedError('slow'));
    expect(await tokenOf(request(a, b, c).lease('chat', { accountId: b.id }))).toBe('b');
    await expect(request(a, c).lease('chat', { accountId: b.id })).rejects.toMatchObject({ code: 'chat_not_found' });
  });

  it('takes no place for an errand, and waits for none', async () => {
    const { desk, request } = newInstance();
    await request(a).lease('chat');
    const errand = await request(a).lease('chat', { errand: true });
    await errand.settle('ok');
    errand.release();
    expect(desk.uses.hasRoom(a.id)).toBe(false);
  });

  it('ends a lease once, however often it is told so', async () => {
    const { desk, request } = newInstance({ maxInFlight: 2, spacing: 0, wait: 0 });
    const [first] = [await request(a).lease('chat'), await request(a).lease('chat')];
    first?.release();
    await first?.settle('ok');
    expect(desk.uses.hasRoom(a.id)).toBe(true);
    await request(a).lease('chat');
    expect(desk.uses.hasRoom(a.id)).toBe(false);
  });

  it('can’t renew a token', async () => {
    const lease = await newInstance().request(a).lease('chat');
    await expect(lease.renew({})).rejects.toMatchObject({ status: 401, code: 'token_refused' });
  });

  it('never uses a token beyond its limits, serves everybody, and leaves nothing busy', async () => {
    const outcomes = fc.array(fc.constantFrom('ok', 'limit', 'away', 'leave'), { minLength: 1, maxLength: 40 });
    const check = async (results: readonly string[], maxInFlight: number, spacing: number) => {
      const { time, desk, request } = newInstance({ maxInFlight, spacing, wait: 10_000_000 });
      const inFlight = new Map<string, number>();
      const begun = new Map<string, number>();
      const serve = async (result: string, index: number) => {
        const lease = await request(...(index % 2 === 0 ? [a, b, c] : [c, a])).lease('chat');
        const { accountId } = lease;
        expect(time.now() - (begun.get(accountId) ?? 0)).toBeGreaterThanOrEqual(spacing);
        begun.set(accountId, time.now());
        inFlight.set(accountId, (inFlight.get(accountId) ?? 0) + 1);
        expect(inFlight.get(accountId)).toBeLessThanOrEqual(maxInFlight);
        await time.sleep(100 + index);
        inFlight.set(accountId, (inFlight.get(accountId) ?? 0) - 1);
        if (result === 'leave') lease.release();
        else if (result === 'ok') await lease.settle('ok');
        else
          await lease.settle(result === 'limit' ? new RateLimitedError('slow') : new UpstreamUnavailableError('away'));
      };
      const served = Promise.all(results.map(serve));
      await time.runUntil(time.now() + 10_000_000);
      await served;
      expect([a, b, c].every(({ id }) => desk.uses.hasRoom(id))).toBe(true);
    };
    await fc.assert(fc.asyncProperty(outcomes, fc.integer({ min: 1, max: 3 }), fc.constantFrom(0, 3000), check), {
      numRuns: 40,
    });
  });
});

describe('TokenUses', () => {
  it('knows a thousand tokens, and forgets no busy one', () => {
    const uses = new TokenUses({ maxInFlight: 1, spacing: 0, now: () => 0 });
    uses.begin('busy');
    const mark = { fault: 'limit', until: 10 } as const;
    for (let made = 0; made < 3000; made++) uses.mark(`made up ${made}`, mark);
    expect(uses.size).toBe(1000);
    expect(uses.hasRoom('busy')).toBe(false);
    expect(uses.markOf('made up 2999')).toBe(mark);
    expect(uses.markOf('made up 5')).toBeUndefined();
  });

  it('keeps no place for a token that it hears nothing of', () => {
    const uses = new TokenUses({ maxInFlight: 1, spacing: 0, now: () => 0 });
    uses.end('unknown');
    uses.mark('unknown', undefined);
    expect(uses.size).toBe(0);
  });
});
