import { readUsageRow, type UsageRow, usageShards } from '../metering/usage-row.ts';
import { usagePartition } from '../store/keys.ts';
import { textAttribute } from '../store/read-attribute.ts';
import type { Table } from '../store/table.ts';

/** Rows that one read gives at most, and so the most that is held at once of a partition. */
const pageSize = 500;
/** Sorts before every time. */
const beforeAll = '0';

/** The rows of one day, in no order. @throws StoreUnavailableError */
export async function* rowsOfDay(table: Table, day: string): AsyncGenerator<UsageRow, void, undefined> {
  for (let shard = 0; shard < usageShards; shard += 1) {
    for (let after = beforeAll; ; ) {
      const items = await table.part(usagePartition(day, shard), { limit: pageSize, after });
      yield* items.flatMap((item) => readUsageRow(item) ?? []);
      const last = items.at(-1);
      if (last === undefined || items.length < pageSize) break;
      after = textAttribute(last, 'sk') ?? '';
    }
  }
}

/** A row, and its place among those of its day. */
export interface PlacedRow {
  readonly place: string;
  readonly row: UsageRow;
}

/**
 * The rows of one day, newest first.
 *
 * @param before only rows before this place.
 * @param step how many rows are read at once of each partition.
 * @throws StoreUnavailableError
 */
export async function* newestOfDay(
  table: Table,
  day: string,
  { before, step }: { readonly before?: string | undefined; readonly step: number },
): AsyncGenerator<PlacedRow, void, undefined> {
  const shards = Array.from({ length: usageShards }, (_, shard) =>
    newestOfPartition(table, usagePartition(day, shard), before, step),
  );
  const heads = await Promise.all(shards.map((shard) => nextOf(shard)));
  for (;;) {
    let newest = -1;
    for (const [index, head] of heads.entries()) {
      if (head !== undefined && head.place > (heads[newest]?.place ?? '')) newest = index;
    }
    const [head, shard] = [heads[newest], shards[newest]];
    if (head === undefined || shard === undefined) return;
    yield head;
    heads[newest] = await nextOf(shard);
  }
}

async function* newestOfPartition(
  table: Table,
  partition: string,
  before: string | undefined,
  step: number,
): AsyncGenerator<PlacedRow, void, undefined> {
  for (let bound = before; ; ) {
    const items = await table.part(partition, { limit: step, ...(bound !== undefined && { before: bound }) });
    for (const item of items) {
      const row = readUsageRow(item);
      if (row !== undefined) yield { place: textAttribute(item, 'sk') ?? '', row };
    }
    const last = items.at(-1);
    if (last === undefined || items.length < step) return;
    bound = textAttribute(last, 'sk') ?? '';
  }
}

async function nextOf(rows: AsyncGenerator<PlacedRow, void, undefined>): Promise<PlacedRow | undefined> {
  const { value } = await rows.next();
  return value ?? undefined;
}
