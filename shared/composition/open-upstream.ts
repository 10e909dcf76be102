import { AccountPool } from '../accounts/account-pool.ts';
import type { ChatUpstream } from '../chat/upstream.ts';
import { ModelCatalogue } from '../models/model-catalogue.ts';
import type { Environment } from '../read-settings.ts';
import { openSecretBox } from '../secrets/secret-box.ts';
import { createQwenWebUpstream } from '../upstreams/qwen-web/qwen-web-upstream.ts';
import type { Access } from './open-access.ts';

/** Milliseconds that a sign-in may take while a caller waits for it. */
const signInLimit = 15_000;

/** The upstream, its accounts and its models. */
export interface Upstream {
  readonly upstream: ChatUpstream;
  readonly pool: AccountPool;
  readonly catalogue: ModelCatalogue;
  /** Resolves when none of them works in the background. */
  readonly flush: () => Promise<void>;
}

export function openUpstream({ settings, table, logger }: Access, environment: Environment): Upstream {
  const baseUrl = settings.text('QWEN_CHAT_PROXY_URL');
  const upstream = createQwenWebUpstream({
    baseUrl,
    idleSeconds: settings.integer('UPSTREAM_IDLE_SECONDS'),
    chatTitle: settings.text('CHAT_TITLE'),
  });
  const pool = new AccountPool({
    table,
    secretBox: openSecretBox(environment),
    signIn: (email, password) => upstream.signIn(email, password, AbortSignal.timeout(signInLimit)),
    onStoreError: (error) => logger.warn('account state not stored', { error }),
  });
  const catalogue = new ModelCatalogue({
    upstream,
    origin: baseUrl,
    table,
    logger,
    freshFor: settings.integer('MODEL_CACHE_SECONDS') * 1000,
    // The catalogue is also given without an account (qwen-web §2), so having none is no reason to fail.
    credentials: () =>
      pool.lease('chat').then(
        ({ credentials }) => credentials,
        () => undefined,
      ),
  });
  const flush = async () => {
    await Promise.all([pool.flush(), catalogue.flush()]);
  };
  return { upstream, pool, catalogue, flush };
}
