import type { RouteKind } from '../http/route.ts';
import { type ErrorFormName, errorFormNames } from './error-forms.ts';

/** What may go wrong before the head of any answer is sent. */
export const headFaultNames = ['reset', 'hang-up', 'stall-before-head', 'slow-head'] as const;

/** What may be wrong with a streamed answer. */
export const streamFaultNames = [
  'empty-body',
  'empty-after-created',
  'cut-after',
  'reset-after',
  'end-without-finish',
  'stall-after',
  'error-frame',
  'content-filter-after',
  'malformed-event',
  'unknown-phase',
  'native-tool-intercepted',
  'second-response',
  'snapshots',
  'no-phase',
  'legacy-think',
  'system-role-no-answer',
  'picture-missing',
  'picture-unseen',
] as const;

/**
 * What may go wrong with files: the storage refuses one, fails, or knows no newer signatures (qwen-web §6.2), or the reader
 * of documents gives up on one, or is slow (qwen-web §6.4).
 */
export const fileFaultNames = [
  'storage-denied',
  'storage-failed',
  'storage-older',
  'parse-failed',
  'parse-slow',
] as const;

/**
 * What may go wrong with a video: its task ends in failure, only ever runs while the chat shows the video, or is made while
 * the connection breaks before the reply; or the key in its address is over when it is told.
 */
export const videoFaultNames = ['video-failed', 'video-stuck', 'video-reply-lost', 'video-expired'] as const;

export type VideoFaultName = (typeof videoFaultNames)[number];
export type FileFaultName = (typeof fileFaultNames)[number];
export type HeadFaultName = (typeof headFaultNames)[number];
export type StreamFaultName = (typeof streamFaultNames)[number];
export type FaultName = ErrorFormName | HeadFaultName | StreamFaultName | FileFaultName | VideoFaultName;

/** One thing to go wrong, and when. */
export interface FaultRule {
  readonly fault: FaultName;
  /** Address of the account it is for; any when absent. */
  readonly account?: string | undefined;
  /** What it happens to: a completion when absent, or what the fault is about. */
  readonly route?: RouteKind | 'any' | undefined;
  /** What the path must begin with, to tell `/api/v1/` from `/api/v2/`. */
  readonly path?: string | undefined;
  /** The upstream model of the request; any when absent. */
  readonly model?: string | undefined;
  /** What the request's body must hold, to tell callers apart that ask at once; anything when absent. */
  readonly says?: string | undefined;
  /** How many requests it happens to: 1 when absent. */
  readonly times?: number | undefined;
  /** Hours, for `rate-limited`. */
  readonly num?: number | undefined;
  /** How many pieces of answer text come first, for stream faults with a place: 0 when absent. */
  readonly after?: number | undefined;
  /** Upstream error code, for `error-frame`. */
  readonly code?: string | undefined;
  /** Upstream error text. */
  readonly details?: string | undefined;
  /** How `error-frame` is written: `object` when absent. */
  readonly form?: 'object' | 'string' | 'envelope' | 'event' | undefined;
  /**
   * How long `slow-head` waits (1000 when absent), refusals wait (not at all when absent), and stalls last (until they
   * are released when absent).
   */
  readonly ms?: number | undefined;
}

const allNames = new Set<string>([
  ...errorFormNames,
  ...headFaultNames,
  ...streamFaultNames,
  ...fileFaultNames,
  ...videoFaultNames,
]);
const streamNames = new Set<string>(streamFaultNames);
const headNames = new Set<string>(headFaultNames);

export function isFaultName(name: string): name is FaultName {
  return allNames.has(name);
}

export function isHeadFault(name: string): name is HeadFaultName {
  return headNames.has(name);
}

export function isStreamFault(name: string): name is StreamFaultName {
  return streamNames.has(name);
}

/** What a rule happens to. */
export function routeOf({ fault, route }: FaultRule): RouteKind | 'any' {
  if (isStreamFault(fault)) return 'completion';
  if (route !== undefined) return route;
  if (fault === 'parse-failed' || fault === 'parse-slow') return 'parse-status';
  return fault.startsWith('storage-') ? 'upload' : 'completion';
}
