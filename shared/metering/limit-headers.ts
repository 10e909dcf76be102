import type { DialectName } from '../chat/dialect.ts';
import type { LimitState } from './limit-states.ts';

/**
 * What an answer tells of its key's limits (client-apis C.1, C.2): of each unit the limit that is closest.
 *
 * @param time epoch milliseconds.
 */
export function limitHeaders(
  dialect: DialectName,
  states: readonly LimitState[],
  time: number,
): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const unit of ['requests', 'tokens'] as const) {
    const [closest] = states.filter((state) => state.unit === unit).sort((one, other) => left(one) - left(other));
    if (closest === undefined) continue;
    const { limit, resetAt } = closest;
    headers[`x-ratelimit-limit-${unit}`] = String(limit);
    headers[`x-ratelimit-remaining-${unit}`] = String(left(closest));
    headers[`x-ratelimit-reset-${unit}`] = duration(resetAt - time);
    if (dialect !== 'anthropic') continue;
    headers[`anthropic-ratelimit-${unit}-limit`] = String(limit);
    headers[`anthropic-ratelimit-${unit}-remaining`] = String(left(closest));
    headers[`anthropic-ratelimit-${unit}-reset`] = new Date(resetAt).toISOString();
  }
  return headers;
}

function left({ limit, taken }: LimitState): number {
  return Math.max(0, limit - taken);
}

/** In OpenAI's form, as `12s`, `6m0s` or `1h0m12s`. */
function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const rest = `${seconds % 60}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}
