import { auditHeadKey, auditKey, auditPartition } from '../../store/keys.ts';
import { numberAttribute, textAttribute } from '../../store/read-attribute.ts';
import type { Table } from '../../store/table.ts';
import { type AuditEntry, type AuditFacts, firstPrevious, readEntry, tieEntry } from './audit-entry.ts';

/** How many entries are held at once while the whole log is read. */
const entriesAtOnce = 500;

/** The end of the log as its own row has it. It may be one entry behind, when a writer died in between. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: string;
}

/**
 * The owner's acts, each entry holding the hash of the one before. An entry is written where none is yet, and only then
 * the head moves on; a writer that finds the place taken helps the head on and takes the next place. So no two entries
 * share a place, and there is no gap, whoever dies when. All methods throw StoreUnavailableError.
 */
export class AuditLog {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async append(facts: AuditFacts): Promise<AuditEntry> {
    for (;;) {
      const { sequence, hash } = await this.head();
      const entry = tieEntry(facts, sequence + 1, hash);
      if (await this.#table.put(auditKey(entry.sequence), { ...entry }, { exists: false })) {
        await this.#advance(entry);
        return entry;
      }
      const item = await this.#table.get(auditKey(entry.sequence), { consistent: true });
      if (item === undefined) continue;
      const other = readEntry(item);
      await this.#advance(other);
      // A write whose answer was lost is sent again by the SDK, and then refused although it has happened.
      if (other.hash === entry.hash) return entry;
    }
  }

  /** The newest entries, newest first. @param before a place in the log; its end when absent. */
  async newest(limit: number, before?: number): Promise<readonly AuditEntry[]> {
    const bound = before === undefined ? {} : { before: auditKey(before).sk };
    const items = await this.#table.part(auditPartition, { limit, consistent: true, ...bound });
    return items.map(readEntry);
  }

  /** Every entry, oldest first, however long the log is. */
  async *entries(): AsyncGenerator<AuditEntry, void, undefined> {
    let after = auditKey(0).sk;
    for (;;) {
      const items = await this.#table.part(auditPartition, { limit: entriesAtOnce, consistent: true, after });
      for (const item of items) yield readEntry(item);
      const last = items.at(-1);
      if (last === undefined || items.length < entriesAtOnce) return;
      after = textAttribute(last, 'sk') ?? '';
    }
  }

  async head(): Promise<AuditHead> {
    const item = await this.#table.get(auditHeadKey, { consistent: true });
    if (item === undefined) return { sequence: 0, hash: firstPrevious };
    return { sequence: numberAttribute(item, 'sequence') ?? 0, hash: textAttribute(item, 'hash') ?? '' };
  }

  async #advance({ sequence, hash }: AuditEntry): Promise<void> {
    await this.#table.update(auditHeadKey, { set: { sequence, hash } }, { atMost: { sequence: sequence - 1 } });
  }
}
