import { parsed, type TestGateway } from '../../support/gateway.ts';

const dayMilliseconds = 86_400_000;
const models = ['qwen3.7-plus', 'qwen3.7-max', 'qwen3-coder-plus'] as const;
const days = 28;
/** Days ago; the gateway reads younger days from the requests themselves. */
export const lastOfWeeks = 41;
export const firstOfWeeks = lastOfWeeks + days - 1;

/** Puts the sums of the last weeks there, as an export of another gateway would, so that charts have something to show. */
export async function addWeeks(
  gateway: TestGateway,
  keys: readonly string[],
  accounts: readonly string[],
): Promise<void> {
  const document = await parsed(await gateway.request('POST', '/admin/export', { usage: true }));
  const usage = Array.from({ length: days }, (_, index) => sumsOf(index + lastOfWeeks, keys, accounts)).flat();
  const answer = await gateway.request('POST', '/admin/import', { document: { ...document, usage } });
  if (!answer.ok) throw new Error(await answer.text());
}

/** A day in UTC, as `2026-11-22`. */
export function dayAgo(ago: number): string {
  return new Date(Date.now() - ago * dayMilliseconds).toISOString().slice(0, 10);
}

/** @param ago days. */
function sumsOf(ago: number, keys: readonly string[], accounts: readonly string[]): readonly object[] {
  const day = dayAgo(ago);
  return models.map((model, index) => {
    const keyId = keys[(ago + index) % keys.length] ?? '';
    const account = accounts[(ago + index) % accounts.length] ?? '';
    // A week has its own shape, and so has each model.
    const requests = (3 - index) * (6 + ((ago * 5) % 7)) + ((ago * 3 + index) % 5);
    const [promptTokens, completionTokens] = [requests * 820, requests * (310 + 40 * index)];
    return {
      sk: `${day}#${keyId}#${model}#${account}`,
      day,
      keyId,
      model,
      account,
      requests,
      errors: (ago + index) % 4 === 0 ? 1 : 0,
      aborted: 0,
      promptTokens,
      completionTokens,
      reasoningTokens: requests * 90,
      upstreamTokens: promptTokens + completionTokens,
      tokenizerTokens: 0,
      estimatedTokens: 0,
      images: index === 0 ? ago % 3 : 0,
      videoSeconds: 0,
    };
  });
}
