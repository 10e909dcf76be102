import type { Table } from '../store/table.ts';

/** What of the table answers are kept by: writes and reads of single items, and parts of one partition. */
export type AnswerTable = Pick<Table, 'get' | 'put' | 'update' | 'part'>;
