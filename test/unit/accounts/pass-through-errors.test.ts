import { describe, expect, it } from 'vitest';
import { explainNoToken } from '../../../shared/accounts/pass-through/explain-no-token.ts';
import { inCallersTerms } from '../../../shared/accounts/pass-through/in-callers-terms.ts';
import { markOf, type TokenMark } from '../../../shared/accounts/pass-through/token-marks.ts';
import {
  AccountUnauthorizedError,
  AccountUnusableError,
  ChallengeError,
  QuotaExhaustedError,
  RateLimitedError,
} from '../../../shared/chat/errors/account-faults.ts';
import {
  ChatGoneError,
  ContentFilterError,
  EmptyAnswerError,
  UpstreamUnavailableError,
} from '../../../shared/chat/errors/answer-faults.ts';
import { UpstreamError } from '../../../shared/chat/errors/upstream-error.ts';

const told = { upstreamCode: 'Some_Code', retryAfterSeconds: 77 };
const accountFaults = [
  [new AccountUnauthorizedError('the account’s token', told), 401, 'token_refused', 'auth'],
  [new ChallengeError('give the account a token', told), 403, 'token_challenged', 'challenge'],
  [new AccountUnusableError('the account', told), 403, 'token_unusable', 'account'],
  [new QuotaExhaustedError('the account', told), 429, 'insufficient_quota', 'quota'],
  [new RateLimitedError('the account', told), 429, 'rate_limit_exceeded', 'limit'],
] as const;

describe('inCallersTerms', () => {
  it.each(accountFaults)('makes of %o a %d %s', (error, status, code, fault) => {
    const retold = inCallersTerms(error);
    expect(retold).toBeInstanceOf(UpstreamError);
    // The caller's tokens can't be renewed, so another one is all that can be tried.
    expect(retold).toMatchObject({ status, code, fault, advice: 'other-account', cause: error, ...told });
    expect(retold).toMatchObject({ message: expect.stringContaining('token sent') });
    expect(retold).not.toMatchObject({ message: expect.stringContaining('npm run') });
  });

  it.each([
    new UpstreamUnavailableError('away'),
    new EmptyAnswerError('nothing'),
    new ContentFilterError('no'),
    new ChatGoneError('gone'),
    new TypeError('a mistake'),
  ])('leaves %o as it is', (error) => {
    expect(inCallersTerms(error)).toBe(error);
  });
});

describe('markOf', () => {
  it.each(accountFaults)('remembers %o', (error, _status, _code, fault) => {
    expect(markOf(error, 1000)?.fault).toBe(fault);
  });

  it('heeds the upstream’s word for limits, up to the ends that accounts have', () => {
    const until = (seconds: number) => markOf(new RateLimitedError('', { retryAfterSeconds: seconds }), 0)?.until;
    expect([until(5), until(86_400)]).toEqual([5000, 900_000]);
    expect(markOf(new QuotaExhaustedError('', { retryAfterSeconds: 28_800 }), 0)?.until).toBe(28_800_000);
    expect(markOf(new EmptyAnswerError('nothing'), 0)).toEqual({ fault: 'limit', until: 60_000 });
  });

  it('holds nothing else against a token', () => {
    expect(markOf(new UpstreamUnavailableError('away'), 0)).toBeUndefined();
    expect(markOf(new ContentFilterError('no'), 0)).toBeUndefined();
    expect(markOf(new ChatGoneError('gone'), 0)).toBeUndefined();
  });
});

describe('explainNoToken', () => {
  const mark = (fault: TokenMark['fault'], seconds = 30): TokenMark => ({ fault, until: seconds * 1000 });

  it.each([
    [['auth'], 401, 'token_refused', 'the token sent'],
    [['auth', 'account'], 401, 'token_refused', '1 of the 2 tokens sent'],
    [['challenge', 'auth', 'challenge'], 403, 'token_challenged', '2 of the 3 tokens sent'],
    [['account'], 403, 'token_unusable', 'the token sent'],
    [['quota', 'challenge', 'auth'], 429, 'insufficient_quota', '1 of the 3 tokens sent'],
    [['limit', 'quota', 'auth'], 429, 'rate_limit_exceeded', '1 of the 3 tokens sent'],
  ] as const)('says of tokens with %j: %d %s', (faults, status, code, words) => {
    const error = explainNoToken(
      faults.map((fault) => mark(fault)),
      0,
    );
    expect(error).toMatchObject({ status, code, message: expect.stringContaining(words) });
  });

  it('tells when the first is back, and that busy ones are back at once', () => {
    expect(explainNoToken([mark('limit', 50), mark('limit', 20)], 5500).retryAfterSeconds).toBe(15);
    expect(explainNoToken([mark('quota', 3600), mark('auth', 5)], 0).retryAfterSeconds).toBe(3600);
    expect(explainNoToken([mark('auth'), undefined], 0)).toMatchObject({
      status: 429,
      code: 'rate_limit_exceeded',
      retryAfterSeconds: 1,
    });
  });

  it('leaves clients their retries for what passes, and only for that', () => {
    const shouldRetry = (fault: TokenMark['fault']) => explainNoToken([mark(fault)], 0).shouldRetry;
    expect((['auth', 'challenge', 'account', 'quota'] as const).map(shouldRetry)).toEqual([false, false, false, false]);
    expect(shouldRetry('limit')).toBeUndefined();
  });
});
