import { createHash } from 'node:crypto';
import type { Attributes } from '../../store/attributes.ts';
import { textAttribute } from '../../store/read-attribute.ts';

/** An act is written twice: before it begins, and when it has ended one way or the other. */
export type AuditOutcome = 'begun' | 'done' | 'failed';

/** What an owner's act was. Holds no secret. */
export interface AuditFacts {
  /** ISO time. */
  readonly at: string;
  /** Id of the gateway key. */
  readonly actor: string;
  readonly requestId: string;
  /** As `account.add`. */
  readonly act: string;
  /** Id of what it was done to; empty when there is none yet. */
  readonly target: string;
  readonly outcome: AuditOutcome;
  /** More in words, as an error's code. */
  readonly details: string;
}

/** One row of the audit log, tied to the one before. */
export interface AuditEntry extends AuditFacts {
  /** From 1, without gaps. */
  readonly sequence: number;
  /** Hash of the entry before; `firstPrevious` in the first. */
  readonly previous: string;
  /** SHA-256 in hex over everything else. */
  readonly hash: string;
}

export const firstPrevious = '0'.repeat(64);

/** Ties facts to the log's end. */
export function tieEntry(facts: AuditFacts, sequence: number, previous: string): AuditEntry {
  const entry = { ...facts, sequence, previous };
  return { ...entry, hash: hashEntry(entry) };
}

/** What the hash of an entry has to be. A list, because it must not depend on an object's order. */
export function hashEntry(entry: Omit<AuditEntry, 'hash'>): string {
  const { sequence, previous, at, actor, requestId, act, target, outcome, details } = entry;
  const content = JSON.stringify([sequence, previous, at, actor, requestId, act, target, outcome, details]);
  return createHash('sha256').update(content).digest('hex');
}

/** @returns the entry in an item; what somebody has made of it, also when it is no whole entry any more. */
export function readEntry(item: Attributes): AuditEntry {
  const text = (name: string) => textAttribute(item, name) ?? '';
  const outcome = text('outcome');
  return {
    // The place where it stands counts, not what it says about it.
    sequence: Number(text('sk')),
    previous: text('previous'),
    hash: text('hash'),
    at: text('at'),
    actor: text('actor'),
    requestId: text('requestId'),
    act: text('act'),
    target: text('target'),
    outcome: outcome === 'done' || outcome === 'failed' ? outcome : 'begun',
    details: text('details'),
  };
}
