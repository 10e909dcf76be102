/** What Lambda writes about an invocation that is over. */
export interface Report {
  readonly requestId: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly memoryMegabytes: number;
  readonly maxMemoryMegabytes: number | undefined;
  /** Milliseconds from the start of the environment until it asked for work; for its first invocation only. */
  readonly initDuration: number | undefined;
  readonly status?: 'timeout' | 'error';
}

/** One line, as CloudWatch has it. The start of an environment is billed too. */
export function reportLine({
  requestId,
  duration,
  memoryMegabytes,
  maxMemoryMegabytes,
  initDuration,
  status,
}: Report): string {
  const billed = Math.ceil(duration + (initDuration ?? 0));
  const parts = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${duration.toFixed(2)} ms`,
    `Billed Duration: ${billed} ms`,
    `Memory Size: ${memoryMegabytes} MB`,
  ];
  if (maxMemoryMegabytes !== undefined) parts.push(`Max Memory Used: ${maxMemoryMegabytes} MB`);
  if (initDuration !== undefined) parts.push(`Init Duration: ${initDuration.toFixed(2)} ms`);
  if (status !== undefined) parts.push(`Status: ${status}`);
  return parts.join(' ');
}
