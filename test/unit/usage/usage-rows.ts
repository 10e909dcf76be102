import * as fc from 'fast-check';
import type { UsageRow } from '../../../shared/metering/usage-row.ts';

/** A request as it is written down. */
export function usageRow(facts: Partial<UsageRow> & Pick<UsageRow, 'id' | 'startedAt'>): UsageRow {
  return {
    day: new Date(facts.startedAt).toISOString().slice(0, 10),
    keyId: 'key-one',
    kind: 'chat',
    path: '/v1/chat/completions',
    dialect: 'openai-chat',
    model: 'qwen3.7-plus',
    status: 200,
    stream: false,
    milliseconds: 1200,
    promptTokens: 10,
    completionTokens: 5,
    tokenSource: 'upstream',
    images: 0,
    videoSeconds: 0,
    chargedTokens: 15,
    ...facts,
  };
}

/** Any requests between two times; ids are their places in the list. */
export function anyRows(from: number, to: number, most = 40): fc.Arbitrary<readonly UsageRow[]> {
  const facts = fc.record({
    startedAt: fc.integer({ min: from, max: to - 1 }),
    keyId: fc.constantFrom('key-one', 'key-two', 'anonymous'),
    model: fc.constantFrom('qwen3.7-plus', 'a#b', '=1+1', 'qwen-image'),
    account: fc.option(fc.constantFrom('acc-1', 'acc-2'), { nil: undefined }),
    kind: fc.constantFrom('chat', 'image', 'video'),
    status: fc.constantFrom(200, 200, 429, 502),
    errorCode: fc.option(fc.constantFrom('upstream_stalled'), { nil: undefined }),
    aborted: fc.option(fc.constant(true), { nil: undefined }),
    promptTokens: fc.nat(100_000),
    completionTokens: fc.nat(100_000),
    tokenSource: fc.constantFrom('upstream', 'tokenizer', 'estimate', 'none'),
    images: fc.nat(4),
    videoSeconds: fc.nat(10),
  });
  return fc
    .array(facts, { maxLength: most })
    .map((list) => list.map((entry, index) => usageRow({ ...given(entry), id: `request-${index}` })));
}

type Facts = Partial<UsageRow> & Pick<UsageRow, 'startedAt'>;

/** Without what is `undefined`: rows have no such fields. */
function given<Entry extends object>(entry: Entry): Facts {
  return JSON.parse(JSON.stringify(entry));
}
