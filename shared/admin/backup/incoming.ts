import type { RestoredAccount } from '../../accounts/restore-account.ts';
import type { ModelAlias } from '../../models/model-alias.ts';
import type { ExportedUsage } from './export-document.ts';
import type { ImportItem } from './import-item.ts';

/** In which form a document came. */
export type ImportFormat =
  | 'qwen-gateway-export'
  | 'qwen2api-data'
  | 'tokens-registry'
  | 'account-list'
  | 'environment'
  | 'lines';

/** A key that is to be taken in. */
export interface IncomingKey {
  readonly name: string;
  readonly role: 'admin' | 'user';
  /** SHA-256 in hex; `undefined` when the document has no secrets. */
  readonly hash: string | undefined;
  /** What the key had been called before, so that its chats and files stay its own. */
  readonly id?: string;
  /** What it is kept to, as the admin API takes it. */
  readonly limits: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds. */
  readonly createdAt?: number;
  /** What the owner should know about it. */
  readonly notice?: string;
}

/** An account that is to be taken in. */
export interface IncomingAccount extends RestoredAccount {
  /** Whether the document has something for it to prove itself with. */
  readonly hasSecret: boolean;
}

/** What a document holds, whatever its form. */
export interface Incoming {
  readonly format: ImportFormat;
  /** When an export was made, as it says. */
  readonly madeAt: string | null;
  readonly settings: Readonly<Record<string, string>>;
  readonly aliases: readonly ModelAlias[];
  readonly keys: readonly IncomingKey[];
  readonly accounts: readonly IncomingAccount[];
  readonly webhookSecret: string | undefined;
  readonly usage: readonly ExportedUsage[];
  /** What can't be taken, and why. */
  readonly refused: readonly ImportItem[];
}

/** A document with nothing in it. */
export const nothing = {
  madeAt: null,
  settings: {},
  aliases: [],
  keys: [],
  accounts: [],
  webhookSecret: undefined,
  usage: [],
  refused: [],
} as const satisfies Omit<Incoming, 'format'>;
