/**
 * One step of a streamed answer, before it is written in the upstream's framing. Faults change the steps, so that the
 * framing stays in one place.
 */
export type AnswerPart =
  | { readonly type: 'created' }
  /** A piece of answer text: what `after` counts in faults. */
  | { readonly type: 'text'; readonly text: string }
  /** An answer frame without text, as two or three come before the end. */
  | { readonly type: 'blank' }
  /** All titles and thoughts so far; `tokens` is what the usage grows by. */
  | {
      readonly type: 'summary';
      readonly titles: readonly string[];
      readonly thoughts: readonly string[];
      readonly tokens: number;
    }
  | { readonly type: 'summary-end' }
  | { readonly type: 'think'; readonly text: string }
  | { readonly type: 'think-end' }
  | { readonly type: 'info'; readonly action: 'keep_alive' | 'skip_think' }
  | {
      readonly type: 'tool-call';
      readonly phase: string;
      readonly name: string;
      readonly arguments: string;
      readonly callId: string;
      readonly extra: object;
    }
  | {
      readonly type: 'tool-result';
      readonly phase: string;
      readonly name: string;
      readonly callId: string;
      readonly extra: object;
    }
  /** After a tool the usage starts again with a bigger input. */
  | { readonly type: 'new-round'; readonly inputTokens: number }
  | { readonly type: 'video'; readonly url: string }
  /** A piece of a second answer that shares the stream. */
  | { readonly type: 'other-response'; readonly text: string }
  /** Bytes as they are, in a write of their own. */
  | { readonly type: 'raw'; readonly bytes: string }
  | { readonly type: 'finish' }
  /** The connection ends in the middle of a line: closed in order (FIN), or reset (RST). */
  | { readonly type: 'cut'; readonly by: 'close' | 'reset' }
  /** The body ends here, properly, whatever is missing. */
  | { readonly type: 'end' }
  /** Silence, until released when `ms` is absent. */
  | { readonly type: 'stall'; readonly ms: number | undefined };
