import type { SearchInfoMode } from '../openai-chat/options.ts';
import type { ToolNames } from './tool-names.ts';

/** How one client wants its answer written. */
export interface ResponsesOptions {
  readonly outputThinking: boolean;
  readonly searchInfoMode: SearchInfoMode;
  /** Whether reasoning items carry `encrypted_content`. */
  readonly sealReasoning: boolean;
  readonly toolNames: ToolNames;
}
