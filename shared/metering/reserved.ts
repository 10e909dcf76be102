import type { CallerLimits } from '../chat/caller-limits.ts';
import type { Amounts } from './amounts.ts';
import type { LimitState } from './limit-states.ts';
import type { Reservation } from './reservation.ts';

/** What is to be reserved. */
export interface Asked {
  readonly keyId: string;
  readonly limits: CallerLimits;
  readonly id: string;
  readonly kind: Reservation['kind'];
  readonly startedAt: number;
  /** Epoch milliseconds after which whoever asks is dead for sure. */
  readonly until: number;
  readonly amounts: Amounts;
  /** With how much the request can be served; tokens may be fewer than asked. */
  readonly least: Amounts;
  /** Told how the limits stand, with the reservation, or as they are when there is no room for it. */
  readonly tell?: (states: readonly LimitState[]) => void;
}

/** A reservation, and how the limits stand with it. */
export interface Reserved {
  readonly reservation: Reservation;
  readonly states: readonly LimitState[];
  /** Others' reservations that have lapsed: somebody should settle them. */
  readonly lapsed: readonly Reservation[];
  /** Counters that nobody needs any more: the next write should remove them. */
  readonly stale: readonly string[];
}
