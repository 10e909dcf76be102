import type { Model } from '../../../shared/chat/model.ts';
import type { ChatMessage } from '../../../shared/chat/request.ts';
import { noTools } from '../../../shared/chat/tool.ts';
import type { ResolvedChatRequest } from '../../../shared/chat/upstream.ts';

export const model: Model = {
  id: 'qwen3.7-plus',
  displayName: 'Qwen3.7-Plus',
  ownedBy: 'qwen',
  createdAt: 0,
  capabilities: { thinking: true, search: true, vision: true, image: true, imageEdit: true, video: true },
};

export const credentials = { token: 'TEST_TOKEN' };

export function user(...texts: readonly string[]): ChatMessage {
  return { role: 'user', content: texts.map((text) => ({ type: 'text', text })) };
}

export function assistant(content: string): ChatMessage {
  return { role: 'assistant', content, toolCalls: [] };
}

export function toolResult(toolCallId: string, text: string, isError = false): ChatMessage {
  return { role: 'tool', toolCallId, content: [{ type: 'text', text }], isError };
}

/** A request for a plain answer, with what a test wants different. */
export function chatRequest(changes: Partial<ResolvedChatRequest> = {}): ResolvedChatRequest {
  return {
    model: 'qwen3.7-plus',
    target: model,
    messages: [user('Hello')],
    features: { thinking: false, search: false },
    limits: { stopSequences: [] },
    format: { type: 'text' },
    tools: noTools,
    ...changes,
  };
}
