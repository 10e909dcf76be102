import type { UsageGroup } from './grouped-usage.ts';
import type { UsageQuery } from './read-usage-query.ts';
import type { UsageNumbers } from './usage-numbers.ts';
import type { UsageReport } from './usage-report.ts';

/** A report in the form of the API. @param timeZone that days are counted in. */
export function describeUsage(report: UsageReport, { from, to, groupBy }: UsageQuery, timeZone: string): object {
  return {
    object: 'usage',
    from,
    to,
    time_zone: timeZone,
    group_by: groupBy,
    data: report.groups.map((group) => ({
      ...describePlace(group, groupBy, report),
      ...describeNumbers(group.numbers),
    })),
    totals: describeNumbers(report.totals),
  };
}

/** Where a group stands; only in what was asked for. */
export function describePlace(
  { place }: UsageGroup,
  groupBy: UsageQuery['groupBy'],
  { keyNames }: Pick<UsageReport, 'keyNames'>,
): Readonly<Record<string, string | null>> {
  const { day, model, key, account } = place;
  return {
    ...(groupBy.includes('day') && { day }),
    ...(groupBy.includes('model') && { model }),
    ...(groupBy.includes('key') && { key, key_name: keyNames.get(key) ?? null }),
    ...(groupBy.includes('account') && { account: account || null }),
  };
}

function describeNumbers(numbers: UsageNumbers): object {
  const { requests, errors, aborted, images } = numbers;
  return {
    requests,
    errors,
    aborted,
    prompt_tokens: numbers.promptTokens,
    completion_tokens: numbers.completionTokens,
    reasoning_tokens: numbers.reasoningTokens,
    total_tokens: numbers.promptTokens + numbers.completionTokens,
    tokens_by_source: {
      upstream: numbers.upstreamTokens,
      tokenizer: numbers.tokenizerTokens,
      estimate: numbers.estimatedTokens,
    },
    images,
    video_seconds: numbers.videoSeconds,
  };
}
