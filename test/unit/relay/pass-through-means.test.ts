import { describe, expect, it } from 'vitest';
import { AccountPool } from '../../../shared/accounts/account-pool.ts';
import { defaultLimits } from '../../../shared/accounts/lease.ts';
import { TokenDesk } from '../../../shared/accounts/pass-through/token-desk.ts';
import { CallerToken, callerIdOf } from '../../../shared/chat/caller-token.ts';
import {
  AccountUnauthorizedError,
  ChallengeError,
  QuotaExhaustedError,
} from '../../../shared/chat/errors/account-faults.ts';
import { UpstreamUnavailableError } from '../../../shared/chat/errors/answer-faults.ts';
import type { Credentials } from '../../../shared/chat/upstream.ts';
import type { Caller } from '../../../shared/http/invocation.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { CallerMeans } from '../../../shared/relay/caller-means.ts';
import type { ServingUpstream } from '../../../shared/relay/callers-upstream.ts';
import { SecretBox } from '../../../shared/secrets/secret-box.ts';
import { MemoryTable } from '../../support/memory-table.ts';

const bringing = (...names: string[]): Caller & { readonly tokens: readonly CallerToken[] } => {
  const tokens = names.map((name) => new CallerToken(name));
  return { id: callerIdOf(tokens), role: 'user', tokens };
};
const never = () => Promise.reject(new Error('not to be called'));
const context = () => ({ requestId: 'r', signal: new AbortController().signal });

/** An upstream that answers with the token that it was asked with. */
function newUpstream(answer: (credentials: Credentials) => Promise<string>): ServingUpstream {
  return {
    callsTools: false,
    chat: never,
    upload: never,
    grantUpload: never,
    confirmUpload: never,
    addressOf: String,
    createChat: (_model, _title, credentials) => answer(credentials),
    deleteChat: never,
  };
}

function newMeans(answer: (credentials: Credentials) => Promise<string>) {
  const table = new MemoryTable();
  const lines: string[] = [];
  const secretBox = new SecretBox(async () => Buffer.alloc(32));
  const pool = new AccountPool({ table, secretBox, signIn: never, refresh: never });
  const desk = new TokenDesk({ limits: { ...defaultLimits, spacing: 0, wait: 0 } });
  const logger = createLogger('debug', (line) => lines.push(line));
  const means = new CallerMeans({ upstream: newUpstream(answer), pool, desk, logger });
  const serve = (caller: Caller, conversation = 'hello') => {
    const { attempts, upstream } = means.of(caller, () => conversation);
    return attempts.run(context(), async (lease) => {
      const { signal } = context();
      const result = await upstream.createChat('qwen', '', lease.credentials, signal);
      await lease.settle('ok');
      return result;
    });
  };
  return { table, lines, serve };
}

describe('CallerMeans', () => {
  it('serves a key by the pool and no other, tokens by themselves and no other', async () => {
    const { table, serve } = newMeans(async ({ token }) => token);
    await expect(serve({ id: 'key', role: 'user' })).rejects.toMatchObject({ code: 'no_accounts' });
    const { operations } = table;
    const before = { ...operations };
    expect(await serve(bringing('mine'))).toBe('mine');
    // Neither reads nor writes.
    expect(operations).toEqual(before);
  });

  it('survives two dead tokens of three, and does not try them again', async () => {
    const tried: string[] = [];
    const { lines, serve } = newMeans(async ({ token }) => {
      tried.push(token);
      if (token === 'b') return token;
      throw token === 'a' ? new AccountUnauthorizedError('refused') : new ChallengeError('solve this');
    });
    const caller = bringing('a', 'b', 'c');
    for (let conversation = 0; conversation < 20; conversation++) {
      expect(await serve(caller, `conversation ${conversation}`)).toBe('b');
    }
    expect(tried.filter((token) => token !== 'b').length).toBeLessThanOrEqual(2);
    expect(lines.join('\n')).toContain(new CallerToken('a').id);
    expect(lines.join('\n')).not.toContain('renewal');
  });

  it('tells what became of all of them when none is left', async () => {
    const faults = { a: new AccountUnauthorizedError('refused'), b: new QuotaExhaustedError('used up') };
    const { serve } = newMeans(async ({ token }) => Promise.reject(token === 'a' ? faults.a : faults.b));
    await expect(serve(bringing('a', 'b'))).rejects.toMatchObject({ status: 429, code: 'insufficient_quota' });
    await expect(serve(bringing('a'))).rejects.toMatchObject({ status: 401, code: 'token_refused' });
  });

  it('passes on what is nobody’s fault', async () => {
    const { serve } = newMeans(async () => Promise.reject(new UpstreamUnavailableError('away')));
    await expect(serve(bringing('a', 'b'))).rejects.toMatchObject({ status: 502, code: 'upstream_unavailable' });
  });

  it('keeps a conversation to its token', async () => {
    const { serve } = newMeans(async ({ token }) => token);
    for (const conversation of ['one', 'two', 'three', 'four']) {
      const first = await serve(bringing('a', 'b', 'c'), conversation);
      expect(await serve(bringing('c', 'a', 'b'), conversation)).toBe(first);
    }
  });
});
