import { describe, expect, it } from 'vitest';
import { usageDimensions } from '../../../shared/usage/grouped-usage.ts';
import { readUsageQuery } from '../../../shared/usage/read-usage-query.ts';
import { usageCsv } from '../../../shared/usage/usage-csv.ts';
import { entryOf } from '../../../shared/usage/usage-entry.ts';
import { reportUsage } from '../../../shared/usage/usage-report.ts';
import { usageRow } from './usage-rows.ts';

const rules = { today: '2026-11-22', dimensions: usageDimensions };
const startedAt = Date.parse('2026-11-21T12:00:00Z');

async function csvOf(model: string, query: Readonly<Record<string, string>>) {
  const history = {
    async *entries() {
      yield entryOf(usageRow({ id: 'a', startedAt, model }));
    },
  };
  const read = readUsageQuery(query, rules);
  return usageCsv(await reportUsage(history, read, new Map([['key-one', 'reading, "room"']])), read);
}

describe('usage as CSV', () => {
  it('has a line of names, and quotes what needs it', async () => {
    expect(await csvOf('qwen3.7-plus', { group_by: 'key,day' })).toBe(
      'day,key,key_name,requests,errors,aborted,prompt_tokens,completion_tokens,reasoning_tokens,total_tokens,' +
        'tokens_upstream,tokens_tokenizer,tokens_estimate,images,video_seconds\r\n' +
        '2026-11-21,key-one,"reading, ""room""",1,0,0,10,5,0,15,15,0,0,0,0\r\n',
    );
  });

  it.each([
    ['=HYPERLINK("http://a")', `"'=HYPERLINK(""http://a"")"`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1', "' =1"],
    ['a\r\n=1', '"a\r\n=1"'],
    ['a=1', 'a=1'],
  ])('makes %j harmless for spreadsheets', async (model, cell) => {
    const csv = await csvOf(model, { group_by: 'model' });
    expect(csv.slice(csv.indexOf('\r\n') + 2)).toBe(`${cell},1,0,0,10,5,0,15,15,0,0,0,0\r\n`);
  });
});

describe('a question about usage', () => {
  it('is about the last 30 days by day, unless it says otherwise', () => {
    expect(readUsageQuery({}, rules)).toEqual({
      from: '2026-10-24',
      to: '2026-11-22',
      groupBy: ['day'],
      filters: {},
      format: 'json',
    });
    const asked = { from: '2025-12-01', to: '2026-11-30', group_by: 'account,day', model: 'm', format: 'csv' };
    expect(readUsageQuery(asked, rules)).toEqual({
      from: '2025-12-01',
      to: '2026-11-30',
      groupBy: ['day', 'account'],
      filters: { model: 'm' },
      format: 'csv',
    });
    expect(readUsageQuery({ group_by: '' }, rules).groupBy).toEqual([]);
  });

  it.each([
    ['from', { from: '2026-13-01' }],
    ['from', { from: '2026-02-30' }],
    ['to', { to: 'today' }],
    ['from', { from: '2026-11-23', to: '2026-11-22' }],
    ['from', { from: '2025-11-21', to: '2026-11-22' }],
    ['group_by', { group_by: 'day,hour' }],
    ['format', { format: 'xml' }],
    ['models', { models: 'a' }],
  ])('is refused for its %s', (param, query) => {
    expect(() => readUsageQuery(query, rules)).toThrow(expect.objectContaining({ param, status: 400 }));
  });

  it('of a key that is no admin knows no accounts and no other keys', () => {
    const own = { today: '2026-11-22', dimensions: ['day', 'model'] } as const;
    for (const query of [{ group_by: 'account' }, { key: 'key-two' }, { account: 'a' }]) {
      expect(() => readUsageQuery(query, own)).toThrow(expect.objectContaining({ status: 400 }));
    }
  });
});
