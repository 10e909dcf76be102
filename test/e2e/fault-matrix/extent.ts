import type { Mode } from './arena.ts';
import { type Column, columns } from './columns.ts';
import type { FaultRow } from './fault-row.ts';
import { benchingRows } from './rows/benching-rows.ts';
import { passingRows } from './rows/passing-rows.ts';

/** `npm run test:faults` plays every cell in both modes; the usual run plays what differs with separate processes. */
const playsAll = process.env.FAULTS === 'all';

/** One row of each kind of those that are nobody's fault. */
export const passingKinds: ReadonlySet<string> = new Set([
  'internal-500',
  'gateway-504',
  'reset before the head',
  'bad-request-internal',
  'chat-in-progress',
  'model-not-found',
  'data-inspection-input',
  'content-filter-after tokens',
  'error-frame (object)',
  'error-frame (object) after tokens',
  'native-tool-intercepted',
  'cut (FIN) after tokens',
  'cut (RST) after tokens',
  'malformed-event',
  'unknown-phase',
]);
/** One row of each kind of those that take an account away; with processes each costs gateways of its own. */
export const benchingKinds: ReadonlySet<string> = new Set([
  'unauthorized-401',
  'http-429',
  'quota-limited',
  'account-pending',
  'rgv587',
  'only response.created',
  'error-frame RateLimited after tokens',
]);

/** The rows that are nobody's fault, as far as the mode plays them. */
export function passingOf(mode: Mode): readonly FaultRow[] {
  return chosen(mode, passingRows, passingKinds);
}

/** The rows that take an account away, as far as the mode plays them. */
export function benchingOf(mode: Mode): readonly FaultRow[] {
  return chosen(mode, benchingRows, benchingKinds);
}

/** Whether a cell is played a second time with a fault that happens once only, which has to be served. */
export function playsOnce(mode: Mode, row: FaultRow, column: Column): boolean {
  if (row[column.form].attempts !== 2) return false;
  return playsAll || (mode === 'start' && column.dialect === columns[0]?.dialect);
}

function chosen(mode: Mode, rows: readonly FaultRow[], kinds: ReadonlySet<string>): readonly FaultRow[] {
  return playsAll || mode === 'start' ? rows : rows.filter(({ name }) => kinds.has(name));
}
