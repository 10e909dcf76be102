import { AccountPool } from '../accounts/account-pool.ts';
import type { ChatUpstream } from '../chat/upstream.ts';
import { ModelCatalogue } from '../models/model-catalogue.ts';
import type { Environment } from '../read-settings.ts';
import { openSecretBox } from '../secrets/secret-box.ts';
import { createUpstream } from './create-upstream.ts';
import type { Access } from './open-access.ts';
import { openTokenSources } from './open-token-sources.ts';

/** The upstream, its accounts and its models. */
export interface Upstream {
  readonly upstream: ChatUpstream;
  readonly pool: AccountPool;
  readonly catalogue: ModelCatalogue;
  /** Resolves when none of them works in the background. */
  readonly flush: () => Promise<void>;
}

export function openUpstream({ settings, table, logger }: Access, environment: Environment): Upstream {
  const upstream = createUpstream(settings);
  const pool = new AccountPool({
    table,
    secretBox: openSecretBox(environment),
    ...openTokenSources(upstream),
    limits: {
      maxInFlight: settings.integer('ACCOUNT_MAX_IN_FLIGHT'),
      spacing: settings.integer('ACCOUNT_SPACING_MS'),
      wait: settings.integer('ACCOUNT_WAIT_SECONDS') * 1000,
    },
    onStoreError: (error) => logger.warn('account state not stored', { error }),
  });
  const catalogue = new ModelCatalogue({
    upstream,
    origin: settings.text('QWEN_CHAT_PROXY_URL'),
    table,
    logger,
    freshFor: settings.integer('MODEL_CACHE_SECONDS') * 1000,
    // The catalogue is also given without an account (qwen-web §2), so having none is no reason to fail.
    credentials: () =>
      pool.lease('chat', { errand: true }).then(
        ({ credentials }) => credentials,
        () => undefined,
      ),
  });
  const flush = async () => {
    await Promise.all([pool.flush(), catalogue.flush()]);
  };
  return { upstream, pool, catalogue, flush };
}
