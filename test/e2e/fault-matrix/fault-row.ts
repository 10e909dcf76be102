import type { FaultRule } from '../../../local/simulator/faults/fault-rule.ts';
import type { FinishReason } from '../../../shared/chat/finish-reason.ts';
import type { GatewayFault } from '../../support/dialect-doors/dialect-door.ts';

/** An error that callers see, and what a status's head says of another try. */
export interface SeenFault extends GatewayFault {
  /** Of the header `retry-after`; none is sent when absent. */
  readonly retryAfter?: RegExp;
  /** Whether `x-should-retry: false` is sent. */
  readonly final?: true;
}

/** How one question ends, whatever the dialect. */
export interface Ending {
  /** What the caller is told of the failure; nothing when the answer is good. */
  readonly fault?: SeenFault;
  /** Whether the failure is told within an open stream, behind what was shown before. */
  readonly inBand?: true;
  /** All text that the caller is shown. */
  readonly text: string;
  /** Why a good answer ended: `stop` when absent. */
  readonly finish?: FinishReason;
  /** Completions that the upstream was asked for. */
  readonly attempts: number;
  /** The account afterwards, as the admin API shows it. */
  readonly state: 'ok' | 'wait' | 'invalid' | 'challenge' | 'disabled';
}

/** One thing that goes wrong upstream, again and again, and what callers of streamed and of whole answers get. */
export interface FaultRow {
  readonly name: string;
  /** Nothing for what goes wrong by itself, as a refused connection. */
  readonly rule?: FaultRule;
  readonly streamed: Ending;
  readonly whole: Ending;
}

/** What is asked in every cell. */
export const numbers = 12;
/** Pieces of text before faults in the middle of an answer. */
export const middle = 5;

/** The answer up to its n-th piece. */
export function countTo(last: number): string {
  return Array.from({ length: last }, (_, index) => String(index + 1)).join(' ');
}

/** The whole answer, from the n-th account or try that was asked. */
export function served(attempts = 1): Ending {
  return { text: countTo(numbers), attempts, state: 'ok' };
}

/** A failure before anything was shown. */
export function refused(fault: SeenFault, attempts: number, state: Ending['state'] = 'ok'): Ending {
  return { fault, text: '', attempts, state };
}

/** A failure that a stream tells behind its first pieces. Nobody else is tried then. */
export function broken(fault: SeenFault, state: Ending['state'] = 'ok'): Ending {
  return { fault, inBand: true, text: countTo(middle), attempts: 1, state };
}

/** A row in which streamed and whole answers end alike. */
export function alike(name: string, rule: FaultRule, ending: Ending): FaultRow {
  return { name, rule, streamed: ending, whole: ending };
}
