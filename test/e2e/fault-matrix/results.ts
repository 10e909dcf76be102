import { markdownTable } from '../../support/markdown-table.ts';
import { type Column, columns } from './columns.ts';
import type { FaultRow } from './fault-row.ts';
import type { Played } from './play-cell.ts';

/** What came of the cells of one mode. */
export class Results {
  readonly #lasting = new Map<string, Played>();
  readonly #once = new Map<string, Played>();

  lasting(row: FaultRow, column: Column): Played | undefined {
    return this.#lasting.get(cellName(row, column));
  }

  /** When the fault happened one time only. */
  once(row: FaultRow, column: Column): Played | undefined {
    return this.#once.get(cellName(row, column));
  }

  note(row: FaultRow, column: Column, played: Played, times: 'lasting' | 'once'): void {
    (times === 'once' ? this.#once : this.#lasting).set(cellName(row, column), played);
  }

  get all(): readonly Played[] {
    return [...this.#lasting.values(), ...this.#once.values()];
  }

  /** For people: what each caller saw, how often the upstream was asked, and the account afterwards. */
  table(rows: readonly FaultRow[]): string {
    const cell = (row: FaultRow, column: Column) => {
      const once = this.once(row, column);
      return show(this.lasting(row, column)) + (once === undefined ? '' : `; once: ${show(once)}`);
    };
    return markdownTable(
      ['fault', ...columns.map(({ name }) => name)],
      rows.map((row) => [row.name, ...columns.map((column) => cell(row, column))]),
    );
  }
}

function cellName(row: FaultRow, column: Column): string {
  return `${row.name} | ${column.name}`;
}

function show(played: Played | undefined): string {
  if (played === undefined) return 'not played';
  const { status, code, type, done, finish, text, attempts, state } = played;
  const error = code === '–' ? type : code;
  const pieces = text === '' ? '' : ` after ${text.split(' ').length} words`;
  const seen = done ? `${status} good${finish === 'stop' ? '' : ` (${finish})`}` : `${status} ${error}${pieces}`;
  return `${seen}, ${attempts} asked, ${state}`;
}
