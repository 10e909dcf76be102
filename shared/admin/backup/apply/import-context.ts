import type { SecretBox } from '../../../secrets/secret-box.ts';
import type { Table } from '../../../store/table.ts';
import type { SettingsStore } from '../settings-store.ts';

/** `merge`: what is there and differs may change; `replace-none`: only what is not there yet is added. */
export const importModes = ['merge', 'replace-none'] as const;

export type ImportMode = (typeof importModes)[number];

/** What every part of an import works with. */
export interface ImportContext {
  readonly table: Table;
  readonly secretBox: SecretBox;
  readonly settings: SettingsStore;
  readonly mode: ImportMode;
  /** Whether keys may become admin keys. */
  readonly admins: boolean;
  /** `false`: says what would become of everything, and changes nothing. */
  readonly write: boolean;
  /** The id of the key that asks. */
  readonly by: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whether there is time for another item. */
  readonly hasTime: () => boolean;
}

/** Where what was imported is said to come from. */
export const importSource = 'import';
