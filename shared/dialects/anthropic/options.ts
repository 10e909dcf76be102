import type { SearchInfoMode } from '../openai-chat/options.ts';

/** The settings that the dialect is made with. */
export interface AnthropicSettings {
  /** Whether the model's thinking is passed on at all. */
  readonly outputThinking: boolean;
  readonly searchInfoMode: SearchInfoMode;
}

/** How one client wants its answer written. */
export interface AnthropicOptions {
  /** `none`: no thinking blocks. `omitted`: blocks with a signature and no text. */
  readonly thinking: 'none' | 'shown' | 'omitted';
  readonly searchInfoMode: SearchInfoMode;
}
