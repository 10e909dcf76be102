import type { ChatType } from './completion-body.ts';

/** The body that creates a chat (qwen-web §3). The time is in milliseconds here, unlike in completions. */
export function chatBody(model: string, title: string, chatType: ChatType): object {
  return {
    title,
    models: [model],
    chat_mode: 'normal',
    chat_type: chatType,
    timestamp: Date.now(),
    project_id: '',
  };
}
