import { existsSync, readFileSync } from 'node:fs';

/** The largest memory that a running process has had, in bytes; `undefined` on systems that do not tell. */
export function peakMemory(pid: number | undefined): number | undefined {
  const path = `/proc/${pid}/status`;
  if (!existsSync(path)) return undefined;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(path, 'utf8')) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
