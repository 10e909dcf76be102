import type { ChatRequest } from '../../chat/request.ts';
import { estimateTokens } from '../../chat/shaping/estimate-tokens.ts';
import type { Usage } from '../../chat/usage.ts';
import { type UsageBody, writeUsage } from './usage.ts';

/** Characters to a token, where nothing but the length of an answer is known. */
const charactersPerToken = 4;

/**
 * The token counts of one answer. SDKs fail without counts (clients §6), so that they are estimated where the upstream
 * has told none: of the request by its text, of the answer by its length.
 */
export class AnswerUsage {
  readonly #request: ChatRequest;
  #told: Usage | undefined;
  #characters = 0;

  constructor(request: ChatRequest) {
    this.#request = request;
  }

  tell(usage: Usage): void {
    this.#told = usage;
  }

  /** Takes note of text, thinking or arguments that the model wrote. */
  follow(text: string): void {
    this.#characters += text.length;
  }

  /** The counts so far. */
  body(): UsageBody {
    if (this.#told !== undefined) return writeUsage(this.#told);
    const inputTokens = estimateInput(this.#request);
    const outputTokens = Math.ceil(this.#characters / charactersPerToken);
    return writeUsage({ inputTokens, outputTokens, totalTokens: inputTokens + outputTokens });
  }
}

/** At least 1. Pictures and files are not counted. */
function estimateInput({ messages, tools }: ChatRequest): number {
  let tokens = 0;
  const count = (text: string) => {
    tokens += estimateTokens(text, 0).tokens;
  };
  for (const message of messages) {
    if (typeof message.content === 'string') count(message.content);
    else for (const part of message.content) if (part.type === 'text') count(part.text);
    if (message.role === 'assistant') for (const call of message.toolCalls) count(call.name + call.arguments);
  }
  for (const tool of tools.definitions) count(tool.name + tool.description + JSON.stringify(tool.parameters));
  return Math.max(1, Math.ceil(tokens));
}
