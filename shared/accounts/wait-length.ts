import type { Wait, WaitCause } from './account.ts';

const second = 1000;
const hour = 3600 * second;

/** Milliseconds of a wait: when the upstream does not tell, and at most. */
const lengths = {
  limit: { whenUnknown: 60 * second, longest: 900 * second },
  quota: { whenUnknown: hour, longest: 24 * hour },
} as const satisfies Record<WaitCause, { whenUnknown: number; longest: number }>;

/** A transient keeps the last account that could serve away for no longer than this many milliseconds. */
export const lastAccountLength = 10 * second;

/**
 * How long an account rests.
 *
 * @param toldSeconds the upstream's word, which is honoured up to the longest wait of its cause.
 * @param failedProbe the wait that was over when this request tried the account; the same fault again makes it longer.
 * @returns milliseconds.
 */
export function waitLength(cause: WaitCause, toldSeconds: number | undefined, failedProbe: Wait | undefined): number {
  const { whenUnknown, longest } = lengths[cause];
  const told = toldSeconds !== undefined && toldSeconds > 0 ? toldSeconds * second : undefined;
  if (cause === 'quota' && told !== undefined) return Math.min(told, longest);
  const doubled = failedProbe?.cause === cause ? failedProbe.length * 2 : 0;
  return Math.min(Math.max(told ?? whenUnknown, doubled), longest);
}
