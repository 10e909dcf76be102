import type { AccountHealth } from '../accounts/account-health.ts';
import { isReady } from '../accounts/is-ready.ts';
import type { RouteHandler } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';

/** As in package.json. */
export const version = '0.1.0';

export interface InfoOptions {
  readonly pool: { health(): Promise<readonly AccountHealth[]> };
  /** Name of a stand-in for the upstream, empty for the real one. */
  readonly upstreamLabel: string;
  readonly openMode: boolean;
  readonly defaultModel: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** What clients are set up with: the name of each way of speaking, and the path that comes after the gateway's address. */
const routes = [
  { name: 'openai-chat', base_path: '/v1', path: '/v1/chat/completions' },
  { name: 'openai-responses', base_path: '/v1', path: '/v1/responses' },
  { name: 'anthropic', base_path: '', path: '/v1/messages' },
  { name: 'gemini', base_path: '', path: '/v1beta/models/{model}:generateContent' },
  { name: 'native', base_path: '/api', path: '/api/chat' },
  { name: 'images', base_path: '/v1', path: '/v1/images/generations' },
  { name: 'videos', base_path: '/v1', path: '/v1/videos' },
  { name: 'files', base_path: '/v1', path: '/v1/files' },
] as const;

/**
 * `GET /api/info`: what everybody may know, for the console's first page. Never asks the upstream, and its table no more
 * often than the snapshot of accounts is renewed, however often it is called.
 */
export function createShowInfo({
  pool,
  upstreamLabel,
  openMode,
  defaultModel,
  now = Date.now,
}: InfoOptions): RouteHandler {
  return async () =>
    jsonResponse({
      object: 'info',
      name: 'qwen-gateway',
      version,
      upstream: { label: upstreamLabel || null, simulated: upstreamLabel === 'simulator' },
      state: await stateOf(pool, now),
      open_mode: openMode,
      default_model: defaultModel,
      routes,
    });
}

async function stateOf(
  pool: InfoOptions['pool'],
  now: () => number,
): Promise<'ok' | 'unavailable' | 'no_accounts' | 'unknown'> {
  try {
    const accounts = await pool.health();
    if (accounts.length === 0) return 'no_accounts';
    return accounts.some((account) => isReady(account, now())) ? 'ok' : 'unavailable';
  } catch {
    // The page is there also when the table is not.
    return 'unknown';
  }
}
