import { AccountPool } from '../accounts/account-pool.ts';
import { TokenDesk } from '../accounts/pass-through/token-desk.ts';
import type { ChatArchive } from '../chat/chat-archive.ts';
import type { ChatUpstream } from '../chat/upstream.ts';
import type { VideoUpstream } from '../chat/video-upstream.ts';
import { AliasTable } from '../models/alias-table.ts';
import { builtInAliases } from '../models/built-in-aliases.ts';
import { ModelCatalogue } from '../models/model-catalogue.ts';
import { ModelNames } from '../models/model-names.ts';
import { readAliasSetting } from '../models/read-aliases.ts';
import { type Environment, splitList } from '../read-settings.ts';
import { CallerMeans } from '../relay/caller-means.ts';
import { openSecretBox } from '../secrets/secret-box.ts';
import { createUpstream } from './create-upstream.ts';
import type { Access } from './open-access.ts';
import { openTokenSources } from './open-token-sources.ts';

/** The upstream, whose accounts ask it, and its models. */
export interface Upstream {
  /** By whose accounts a caller is served. */
  readonly means: CallerMeans;
  /** Keys for other purposes than secrets, made from the deployment's own. */
  readonly deriveKey: (purpose: string) => Promise<Buffer>;
  /** Knows which files nobody has to upload. */
  readonly upstream: Pick<ChatUpstream, 'holds'>;
  /** What accounts keep of their chats. */
  readonly archive: ChatArchive;
  /** Where videos come from. */
  readonly videos: VideoUpstream;
  readonly catalogue: ModelCatalogue;
  readonly aliases: AliasTable;
  readonly modelNames: ModelNames;
  /** Resolves when none of them works in the background. */
  readonly flush: () => Promise<void>;
}

export function openUpstream({ settings, table, logger }: Access, environment: Environment): Upstream {
  const upstream = createUpstream(settings);
  const limits = {
    maxInFlight: settings.integer('ACCOUNT_MAX_IN_FLIGHT'),
    spacing: settings.integer('ACCOUNT_SPACING_MS'),
    wait: settings.integer('ACCOUNT_WAIT_SECONDS') * 1000,
    lease: settings.integer('ACCOUNT_LEASE_SECONDS') * 1000,
  };
  const secretBox = openSecretBox(environment);
  const pool = new AccountPool({
    table,
    secretBox,
    ...openTokenSources(upstream),
    limits,
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
  const aliases = new AliasTable({ table, initial: readAliasSetting(splitList(settings.text('MODEL_ALIASES'))) });
  const builtIn = builtInAliases(settings.text('DEFAULT_MODEL'));
  const flush = async () => {
    await Promise.all([pool.flush(), catalogue.flush(), aliases.flush()]);
  };
  const means = new CallerMeans({ upstream, pool, desk: new TokenDesk({ limits }), logger });
  const modelNames = new ModelNames({ catalogue, aliases, builtIn });
  const { videos, archive } = upstream;
  const deriveKey = (purpose: string) => secretBox.derive(purpose);
  return { means, upstream, deriveKey, videos, archive, catalogue, aliases, modelNames, flush };
}
