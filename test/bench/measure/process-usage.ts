import { readFileSync, writeFileSync } from 'node:fs';

/** What a process has used. */
export interface ProcessUsage {
  /** Of all its threads, user and system, in steps of 10 ms. */
  readonly cpuMicroseconds: number;
  readonly residentMegabytes: number;
}

const microsecondsPerTick = 10_000;
const nothing: ProcessUsage = { cpuMicroseconds: 0, residentMegabytes: 0 };

/**
 * Asks the system, so that the process itself is not disturbed.
 *
 * @param pid zeros are returned without one.
 * @throws Error where there is no `/proc`, as on macOS.
 */
export function readProcessUsage(pid: number | undefined): ProcessUsage {
  if (pid === undefined) return nothing;
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The program's name may hold anything, but no field after it holds a bracket. utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return { cpuMicroseconds: ticks * microsecondsPerTick, residentMegabytes: Number(kilobytes) / 1024 };
}

/** Has the system forget how much memory a process has had at most. */
export function resetPeak(pid: number | undefined): void {
  if (pid !== undefined) writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The most memory that a process has had since then, in megabytes; zero without one. */
export function peakMegabytes(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kilobytes) / 1024;
}
