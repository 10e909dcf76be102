import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../../../../shared/store/attributes.ts';
import type { Changes, Condition } from '../../../../shared/store/expressions.ts';
import type { ItemKey } from '../../../../shared/store/keys.ts';
import { Table } from '../../../../shared/store/table.ts';
import type { MemoryTable } from '../../../support/memory-table.ts';
import type { SimulatedTime } from './simulated-time.ts';

/**
 * One instance's way to the table, which takes some milliseconds there and some back. Once the instance is killed nothing
 * comes back, and what is on its way arrives or not.
 */
export class InstanceTable extends Table {
  readonly #table: MemoryTable;
  readonly #time: SimulatedTime;
  #alive = true;

  constructor(table: MemoryTable, time: SimulatedTime) {
    super('instance', new DynamoDBClient({ region: 'us-east-1', endpoint: 'http://127.0.0.1:9' }));
    this.#table = table;
    this.#time = time;
  }

  kill(): void {
    this.#alive = false;
  }

  override get(key: ItemKey): Promise<Attributes | undefined> {
    return this.#call(() => this.#table.get(key));
  }

  override query(partition: string): Promise<readonly Attributes[]> {
    return this.#call(() => this.#table.query(partition));
  }

  override update(key: ItemKey, changes: Changes, condition?: Condition): Promise<boolean> {
    return this.#call(() => this.#table.update(key, changes, condition));
  }

  override updateAndRead(key: ItemKey, changes: Changes, condition?: Condition): Promise<Attributes | undefined> {
    return this.#call(() => this.#table.updateAndRead(key, changes, condition));
  }

  #call<Result>(operation: () => Promise<Result>): Promise<Result> {
    const { promise, resolve } = Promise.withResolvers<Result>();
    const oneWay = () => 1 + Math.random() * 3;
    this.#time.after(oneWay(), () => {
      if (!this.#alive && Math.random() < 0.5) return;
      operation().then((result) => {
        this.#time.after(oneWay(), () => {
          if (this.#alive) resolve(result);
        });
      });
    });
    return promise;
  }
}
