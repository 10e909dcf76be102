import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GatewayRequest, outcomeOf, tokensPerSecond } from '../../console/src/pages/requests/request.ts';
import { appendOlder, type Feed, mergeNewest } from '../../console/src/pages/requests/request-feed.ts';

function request(number: number, more: Partial<GatewayRequest> = {}): GatewayRequest {
  return {
    id: `req-${number}`,
    request_id: String(number),
    created_at: new Date(number).toISOString(),
    key: 'key-1',
    key_name: 'Laptop',
    kind: 'chat',
    path: '/v1/chat/completions',
    dialect: 'openai-chat',
    model: 'qwen3.7-plus',
    target: null,
    account: null,
    status: 200,
    error_code: null,
    stream: true,
    milliseconds: 3000,
    first_token_milliseconds: 1000,
    finish_reason: 'stop',
    aborted: false,
    prompt_tokens: 10,
    completion_tokens: 100,
    reasoning_tokens: null,
    token_source: 'upstream',
    images: 0,
    video_seconds: 0,
    has_content: false,
    ...more,
  };
}

const pageSize = 3;

/** What a gateway with requests 1 to `newest` answers, newest first. */
function page(newest: number, after = newest + 1): Feed {
  const count = Math.min(pageSize, after - 1);
  const rows = Array.from({ length: Math.max(0, count) }, (_, place) => request(after - 1 - place));
  return { rows, lastId: rows.at(-1)?.id, hasMore: after - 1 > pageSize };
}

const numbers = ({ rows }: Feed) => rows.map(({ request_id }) => Number(request_id));

describe('the feed of requests', () => {
  it('puts new ones in front and keeps the older ones', () => {
    const known = appendOlder(page(6), page(6, 4));
    const feed = mergeNewest(page(8), known);
    expect(numbers(feed)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
    expect(feed.hasMore).toBe(false);
  });

  it('lets the older ones go when some between are missing', () => {
    expect(numbers(mergeNewest(page(20), page(6)))).toEqual([20, 19, 18]);
    expect(mergeNewest(page(20), page(6)).lastId).toBe('req-18');
  });

  it('shows a request that ended late in its place', () => {
    const known: Feed = { rows: [request(9), request(7), request(6)], lastId: 'req-6', hasMore: false };
    const now: Feed = { rows: [request(9), request(8), request(7)], lastId: 'req-7', hasMore: true };
    expect(numbers(mergeNewest(now, known))).toEqual([9, 8, 7, 6]);
  });

  it('never shows one twice nor leaves a gap, however it is looked at', () => {
    const steps = fc.array(fc.oneof(fc.record({ more: fc.nat(6) }), fc.constant('older' as const)));
    fc.assert(
      fc.property(steps, (all) => {
        let newest = 4;
        let feed = page(newest);
        for (const step of all) {
          if (step === 'older') {
            feed = feed.hasMore ? appendOlder(feed, page(newest, Number(feed.lastId?.slice(4)))) : feed;
          } else {
            newest += step.more;
            feed = mergeNewest(page(newest), feed);
          }
          const shown = numbers(feed);
          expect(shown).toEqual(shown.map((_, place) => newest - place));
          expect(feed.hasMore).toBe(shown.at(-1) !== 1);
        }
      }),
    );
  });
});

describe('a request', () => {
  it.each([
    [{}, 'ok'],
    [{ status: 429, error_code: 'rate_limit_exceeded' }, 'error'],
    [{ status: 200, error_code: 'upstream_stalled' }, 'error'],
    [{ aborted: true, error_code: 'aborted' }, 'aborted'],
  ] as const)('with %j is %s', (more, expected) => {
    expect(outcomeOf(request(1, more))).toBe(expected);
  });

  it('tells how fast its answer came, where that means something', () => {
    expect(tokensPerSecond(request(1))).toBe(50);
    expect(tokensPerSecond(request(1, { first_token_milliseconds: null }))).toBeUndefined();
    expect(tokensPerSecond(request(1, { first_token_milliseconds: 2990 }))).toBeUndefined();
    expect(tokensPerSecond(request(1, { token_source: 'none', completion_tokens: 0 }))).toBeUndefined();
  });
});
