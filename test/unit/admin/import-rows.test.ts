import { expect, it } from 'vitest';
import { ImportRows } from '../../../shared/admin/imports/import-rows.ts';
import { SecretBox } from '../../../shared/secrets/secret-box.ts';
import type { Attributes } from '../../../shared/store/attributes.ts';
import type { Condition } from '../../../shared/store/expressions.ts';
import { type ItemKey, importItemKey, importPartition } from '../../../shared/store/keys.ts';
import { StoreUnavailableError } from '../../../shared/store/store-errors.ts';
import { MemoryTable } from '../../support/memory-table.ts';

const importId = 'import-1';

/** A table that is away for one item. */
class FailingTable extends MemoryTable {
  override async put(key: ItemKey, attributes: Attributes, condition?: Condition): Promise<boolean> {
    if (key.sk === importItemKey(importId, 30).sk) throw new StoreUnavailableError('away');
    return super.put(key, attributes, condition);
  }
}

it('an import that can’t be taken in leaves no secret behind', async () => {
  const table = new FailingTable();
  const rows = new ImportRows(table, new SecretBox(async () => Buffer.alloc(32, 1)));
  const entries = Array.from({ length: 50 }, (_, number) => ({
    name: `n${number}`,
    entry: { email: `n${number}@example.com`, password: 'a secret word' },
  }));
  await expect(rows.create(importId, entries)).rejects.toThrow(StoreUnavailableError);
  expect(table.operations.put).toBeGreaterThan(30);
  expect(await table.query(importPartition(importId))).toEqual([]);
  expect(await rows.read(importId)).toBeUndefined();
});
