import type { AnswerFormat } from '../chat/request.ts';
import type { ToolUse } from '../chat/tool.ts';
import { canonicalJson } from './canonical-json.ts';

/** What must be the same in all requests of one conversation, beside its messages. */
export interface ConversationSeed {
  /** Whose conversation it is. */
  readonly callerId: string;
  /** The upstream's id of the model. */
  readonly model: string;
  /** The upstream chat was told of these. */
  readonly tools: ToolUse;
  /** Each message of the upstream chat ends with words about it. */
  readonly format: AnswerFormat;
  /** Chats that search are of another kind (qwen-web §2). */
  readonly search: boolean;
  /** What becomes of the chat afterwards. */
  readonly life: string;
}

/** Counts up when a canonical form changes, so that no row of an older version is met. */
const version = 1;

/** The seed as one text. */
export function seedText({ callerId, model, tools, format, search, life }: ConversationSeed): string {
  return canonicalJson({ version, callerId, model, tools, format, search, life });
}
