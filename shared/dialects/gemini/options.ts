import type { SearchInfoMode } from '../openai-chat/options.ts';

/** How a stream's records follow one another: as server-sent events, or as the elements of one JSON array. */
export type StreamForm = 'events' | 'array';

/** How one client wants its answer written. */
export interface GeminiOptions {
  /** Whether thinking is passed on, as parts with `thought: true`. */
  readonly includeThoughts: boolean;
  readonly searchInfoMode: SearchInfoMode;
  readonly streamForm: StreamForm;
}
