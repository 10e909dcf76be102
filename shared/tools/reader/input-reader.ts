import type { JsonSink } from './json/json-sink.ts';

/** Reads the value that stands for a call's input, piece by piece. */
export interface InputReader extends JsonSink {
  /** Takes what of the input was read since, in the form that the call's deltas have. */
  take(): string;
  /** The call is over. */
  finish(): void;
}
