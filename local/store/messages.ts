import type { ObjectLifetime } from '../../shared/objects/object-lifetimes.ts';
import type { TableDefinition } from '../assembly/table-definition.ts';
import type { SeedReport } from './seed-report.ts';

/** Where the store listens, on loopback; 0 takes a free port. */
export interface StorePorts {
  readonly table: number;
  readonly parameter: number;
  readonly object: number;
}

/** The buckets that there are, and how long their objects live. */
export interface StoredBuckets {
  readonly names: readonly string[];
  readonly lifetimes: readonly ObjectLifetime[];
}

/** What the store's process is asked, one question at a time. */
export type StoreRequest =
  | { readonly type: 'open'; readonly folder: string; readonly ports: StorePorts }
  | {
      readonly type: 'create-tables';
      readonly tables: readonly TableDefinition[];
      readonly variables: Readonly<Record<string, string>>;
      readonly buckets: StoredBuckets;
    }
  | { readonly type: 'seed'; readonly environment: Readonly<Record<string, string>> }
  /** Adds the simulator's account, in the form of the setting ACCOUNTS; the next seeding removes it. */
  | { readonly type: 'add-simulator-account'; readonly accounts: string }
  | { readonly type: 'count-accounts' }
  | { readonly type: 'sweep' };

/** Its answers. `failed` may answer any question. */
export type StoreReply =
  | { readonly type: 'opened'; readonly ports: StorePorts }
  | { readonly type: 'tables-created' }
  | { readonly type: 'seeded'; readonly report: SeedReport }
  | { readonly type: 'simulator-account-added' }
  | { readonly type: 'accounts-counted'; readonly count: number }
  | { readonly type: 'swept'; readonly deleted: number }
  | { readonly type: 'failed'; readonly message: string };

const requestTypes: ReadonlySet<unknown> = new Set([
  'open',
  'create-tables',
  'seed',
  'add-simulator-account',
  'count-accounts',
  'sweep',
]);
const replyTypes: ReadonlySet<unknown> = new Set([
  'opened',
  'tables-created',
  'seeded',
  'simulator-account-added',
  'accounts-counted',
  'swept',
  'failed',
]);

// Both ends are of one checkout, so that knowing the type is knowing the form.
export function isStoreRequest(message: unknown): message is StoreRequest {
  return requestTypes.has(typeOf(message));
}

export function isStoreReply(message: unknown): message is StoreReply {
  return replyTypes.has(typeOf(message));
}

function typeOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'type' in message ? message.type : undefined;
}
