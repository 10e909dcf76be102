import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RetryAdvice } from '../../../shared/chat/errors/upstream-error.ts';
import { classifyResponse } from '../../../shared/upstreams/qwen-web/classify-error.ts';
import { fixtureJson, fixtureText } from './fixtures.ts';

interface IndexEntry {
  readonly http_status: number;
  readonly content_type: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Expectation = readonly [error: string, advice: RetryAdvice, code: string, retryAfter?: number];

const errors: Readonly<Record<string, Expectation>> = {
  'rate-limited.json': ['QuotaExhaustedError', 'other-account', 'RateLimited', 8 * 3600],
  'rate-limited-num-zero.json': ['RateLimitedError', 'other-account', 'RateLimited', 60],
  'parallel-limited.json': ['RateLimitedError', 'other-account', 'ParallelLimited', 60],
  'quota-limited.json': ['QuotaExhaustedError', 'other-account', 'quotaLimited'],
  'http-429.json': ['RateLimitedError', 'other-account', 'http_429', 60],
  'unauthorized-200.json': ['AccountUnauthorizedError', 'renew-token', 'Unauthorized'],
  'unauthorized-lower-200.json': ['AccountUnauthorizedError', 'renew-token', 'unauthorized'],
  'unauthorized-401.json': ['AccountUnauthorizedError', 'renew-token', 'http_401'],
  'forbidden-403.json': ['AccountUnauthorizedError', 'renew-token', 'forbidden'],
  'account-pending.json': ['AccountUnusableError', 'other-account', 'Forbidden'],
  'bad-request-internal.json': ['UpstreamUnavailableError', 'once', 'Bad_Request'],
  'bad-request-too-many-messages.json': ['UpstreamRejectedError', 'never', 'Bad_Request'],
  'bad-request-something-wrong.json': ['UpstreamRejectedError', 'never', 'Bad_Request'],
  'chat-in-progress.json': ['ChatBusyError', 'new-chat', 'Bad_Request'],
  'chat-not-found.json': ['ChatGoneError', 'new-chat', 'CHAT_NOT_FOUND'],
  'chat-not-exist.json': ['ChatGoneError', 'new-chat', 'Bad_Request'],
  'parent-not-found.json': ['ChatGoneError', 'new-chat', 'PARENT_NOT_FOUND'],
  'model-not-found.json': ['UpstreamModelGoneError', 'never', 'Not_Found'],
  'validation-error.json': ['UpstreamRejectedError', 'never', 'RequestValidationError'],
  'data-inspection-input.json': ['ContentFilterError', 'never', 'data_inspection_failed'],
  'allocated-quota.json': ['RateLimitedError', 'other-account', 'Bad_Request', 60],
  'internal-500.json': ['UpstreamUnavailableError', 'once', 'Internal_Server_Error'],
  'gateway-504.html': ['UpstreamUnavailableError', 'once', 'http_504'],
};

const walls: Readonly<Record<string, Expectation>> = {
  'rgv587.json': ['ChallengeError', 'other-account', 'FAIL_SYS_USER_VALIDATE'],
  'x5-punish.html': ['ChallengeError', 'other-account', 'x5_punish'],
  'aliyun-waf.html': ['ChallengeError', 'other-account', 'aliyun_waf'],
};

describe.each([
  ['errors', errors],
  ['waf', walls],
])('fixtures in %s', (folder, expectations) => {
  const index = fixtureJson<Record<string, IndexEntry>>(`${folder}/index.json`);

  it('are all listed', () => {
    const files = readdirSync(new URL(`../../fixtures/qwen-web/${folder}`, import.meta.url));
    const listed = [...Object.keys(expectations), 'index.json'];
    expect(files.toSorted()).toEqual(listed.toSorted());
    expect(Object.keys(index).toSorted()).toEqual(Object.keys(expectations).toSorted());
  });

  it.each(Object.entries(expectations))('%s is classified', (file, [name, advice, code, retryAfter]) => {
    const { http_status: status, content_type, headers } = index[file] ?? { http_status: 0, content_type: '' };
    const body = fixtureText(`${folder}/${file}`);
    const error = classifyResponse({ status, headers: { 'content-type': content_type, ...headers }, body });
    expect([error.name, error.advice, error.upstreamCode, error.retryAfterSeconds]).toEqual([
      name,
      advice,
      code,
      retryAfter,
    ]);
    expect(error.message).not.toMatch(/x5secdata|TEST_/);
  });
});

describe('classification', () => {
  const json = { 'content-type': 'application/json' };
  const name = (status: number, headers: Record<string, string>, body: string) =>
    classifyResponse({ status, headers, body }).name;

  it('believes the status that the gateway puts into a header', () => {
    expect(name(200, { ...json, 'x-actual-status-code': '401' }, '{}')).toBe('AccountUnauthorizedError');
    expect(name(401, { ...json, 'x-actual-status-code': 'soon' }, '{}')).toBe('AccountUnauthorizedError');
  });

  it("takes the upstream's own time to wait", () => {
    const headers = { ...json, 'retry-after': '7' };
    expect(classifyResponse({ status: 429, headers, body: '' }).retryAfterSeconds).toBe(7);
  });

  it.each([
    [500, 'UpstreamUnavailableError'],
    [408, 'UpstreamUnavailableError'],
    [302, 'UpstreamRejectedError'],
    [404, 'UpstreamRejectedError'],
    [413, 'UpstreamRejectedError'],
    [200, 'UpstreamUnavailableError'],
  ])('knows status %i without words as %s', (status, expected) => {
    expect(name(status, json, '')).toBe(expected);
    expect(name(status, json, 'not json')).toBe(expected);
  });

  it('takes a page without known marks as a wall only where an answer was due', () => {
    const page = '<html><body>hello</body></html>';
    expect(name(200, { 'content-type': 'text/html' }, page)).toBe('ChallengeError');
    expect(name(403, {}, page)).toBe('ChallengeError');
    expect(name(200, { 'content-type': 'Text/HTML' }, 'blocked')).toBe('ChallengeError');
    expect(name(502, {}, page)).toBe('UpstreamUnavailableError');
    expect(name(404, {}, page)).toBe('UpstreamRejectedError');
  });

  it('takes a redirect to the wall as one', () => {
    const location = 'https://chat.qwen.ai//api/_____tmd_____/punish?x5secdata=SECRET';
    expect(name(302, { location }, '')).toBe('ChallengeError');
  });

  it.each([
    ['{"error":"text"}', 'UpstreamUnavailableError'],
    ['{"error":{"code":"Too_Many_Requests"}}', 'RateLimitedError'],
    ['{"success":false,"data":{"code":"RateLimited","num":0.5}}', 'QuotaExhaustedError'],
    ['{"success":false,"data":{"code":"RateLimited","num":-1}}', 'RateLimitedError'],
    ['{"success":false,"data":null,"code":"quota_exhausted"}', 'QuotaExhaustedError'],
    ['{"success":false,"data":{"code":"Bad_Request","details":"The model x is not exist"}}', 'UpstreamModelGoneError'],
    ['{"success":false,"data":{"code":"New_Code","details":"who knows"}}', 'UpstreamUnavailableError'],
    ['{"success":false,"data":{"code":7,"details":["x"]}}', 'UpstreamUnavailableError'],
  ])('reads %s', (body, expected) => {
    expect(name(200, json, body)).toBe(expected);
  });
});
