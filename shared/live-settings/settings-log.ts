import { randomUUID } from 'node:crypto';
import { liveSettingsKey, settingsChangeKey, settingsHistoryPartition } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { type LiveValues, readLiveValues } from './live-values.ts';
import { applyChanges, readSettingsChange, type SettingsChange, type ValueChange } from './settings-change.ts';

/**
 * The changes of settings, and what they come to. A change is written to its place in the history first, where none is
 * yet, and then put into effect; whoever looks next does the second step for a writer that died in between. So no two
 * changes share a version, and none is lost. All methods throw StoreUnavailableError.
 */
export class SettingsLog {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** What counts now. */
  async read(): Promise<LiveValues> {
    for (;;) {
      const known = readLiveValues(await this.#table.get(liveSettingsKey, { consistent: true }));
      const next = await this.find(known.version + 1);
      if (next === undefined) return known;
      await this.#apply(known, next);
    }
  }

  /**
   * @param known what the change was decided upon.
   * @returns the change, `undefined` when others were changed meanwhile.
   */
  async append(
    known: LiveValues,
    changes: readonly ValueChange[],
    { by, at }: Pick<SettingsChange, 'by' | 'at'>,
  ): Promise<SettingsChange | undefined> {
    const change = { version: known.version + 1, at, by, writeId: randomUUID(), changes };
    const stored = { at, by, writeId: change.writeId, changes: changes.map((one) => ({ ...one })) };
    const isFirst = await this.#table.put(settingsChangeKey(change.version), stored, { exists: false });
    // A write whose answer was lost is sent again by the SDK, and then refused although it has happened.
    if (!isFirst && (await this.find(change.version))?.writeId !== change.writeId) return undefined;
    await this.#apply(known, change);
    return change;
  }

  async find(version: number): Promise<SettingsChange | undefined> {
    const item = await this.#table.get(settingsChangeKey(version), { consistent: true });
    return item === undefined ? undefined : readSettingsChange(item);
  }

  /** The newest changes, newest first. @param before a version; the end when absent. */
  async newest(limit: number, before?: number): Promise<readonly SettingsChange[]> {
    const bound = before === undefined ? {} : { before: settingsChangeKey(before).sk };
    const items = await this.#table.part(settingsHistoryPartition, { limit, consistent: true, ...bound });
    return items.map(readSettingsChange);
  }

  async #apply({ version, values }: LiveValues, change: SettingsChange): Promise<void> {
    const { at, by } = change;
    const after = { version: change.version, values: applyChanges(values, change.changes), at, by };
    await this.#table.put(liveSettingsKey, after, { atMost: { version } });
  }
}
