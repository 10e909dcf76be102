import { describePlace } from './describe-usage.ts';
import type { UsageQuery } from './read-usage-query.ts';
import type { UsageNumbers } from './usage-numbers.ts';
import type { UsageReport } from './usage-report.ts';

const columns: readonly (readonly [name: string, value: (numbers: UsageNumbers) => number])[] = [
  ['requests', ({ requests }) => requests],
  ['errors', ({ errors }) => errors],
  ['aborted', ({ aborted }) => aborted],
  ['prompt_tokens', ({ promptTokens }) => promptTokens],
  ['completion_tokens', ({ completionTokens }) => completionTokens],
  ['reasoning_tokens', ({ reasoningTokens }) => reasoningTokens],
  ['total_tokens', ({ promptTokens, completionTokens }) => promptTokens + completionTokens],
  ['tokens_upstream', ({ upstreamTokens }) => upstreamTokens],
  ['tokens_tokenizer', ({ tokenizerTokens }) => tokenizerTokens],
  ['tokens_estimate', ({ estimatedTokens }) => estimatedTokens],
  ['images', ({ images }) => images],
  ['video_seconds', ({ videoSeconds }) => videoSeconds],
];

/** A report as CSV with a line of names (RFC 4180). */
export function usageCsv(report: UsageReport, { groupBy }: Pick<UsageQuery, 'groupBy'>): string {
  const places = groupBy.flatMap((dimension) => (dimension === 'key' ? ['key', 'key_name'] : [dimension]));
  const lines = report.groups.map((group) => {
    const place = describePlace(group, groupBy, report);
    return [...places.map((name) => cell(place[name] ?? '')), ...columns.map(([, value]) => value(group.numbers))];
  });
  return [[...places, ...columns.map(([name]) => name)], ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

/** Names come from callers: a text that a spreadsheet would take for a formula gets a quote, which spreadsheets hide. */
function cell(text: string): string {
  const harmless = /^\s*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
