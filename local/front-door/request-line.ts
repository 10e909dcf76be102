import type { Ending } from './answer.ts';

/** What is known of a request when its connection is done with it. */
export interface RequestRecord {
  readonly id: string;
  readonly method: string;
  /** Without its query, which may hold a key. */
  readonly path: string;
  /** `undefined` when the client left before there was one. */
  readonly status: number | undefined;
  /** Milliseconds until the head went out. */
  readonly firstByte: number | undefined;
  /** Milliseconds. */
  readonly duration: number;
  /** On the wire, head included. */
  readonly bytes: number;
  readonly ending: Ending;
}

const remarks = { open: 'still open', 'client-left': 'client left', broken: 'broken off' } as const;

/** One line for people. */
export function requestLine(record: RequestRecord, now = new Date()): string {
  const status = record.status ?? '-';
  const firstByte = record.firstByte === undefined ? '-' : milliseconds(record.firstByte);
  const line = `${now.toISOString().slice(11, 23)} ${record.id} ${record.method} ${record.path} ${status} first byte ${firstByte}, ${milliseconds(record.duration)}, ${record.bytes} bytes`;
  return record.ending === 'complete' ? line : `${line}, ${remarks[record.ending]}`;
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
