import type { StoredChat, StoredMessage } from './chat-book.ts';

/** A chat in the list (qwen-web §3). */
export function chatSummary(chat: StoredChat): object {
  return {
    id: chat.id,
    title: chat.title,
    updated_at: chat.updatedAt,
    created_at: chat.createdAt,
    chat_type: chat.chatType,
  };
}

/** A chat with all its messages (qwen-web §3). */
export function chatDetail(chat: StoredChat): object {
  const messages: Record<string, object> = {};
  for (const message of chat.messages.values()) {
    messages[message.id] = messageDetail(message);
  }
  return {
    id: chat.id,
    user_id: chat.accountId,
    title: chat.title,
    chat_type: chat.chatType,
    models: chat.models,
    updated_at: chat.updatedAt,
    created_at: chat.createdAt,
    chat: {
      history: {
        messages,
        currentId: chat.currentId,
        currentResponseIds: chat.currentId === null ? [] : [chat.currentId],
      },
      models: chat.models,
      messages: [],
    },
  };
}

function messageDetail(message: StoredMessage): object {
  const common = {
    id: message.id,
    parentId: message.parentId,
    childrenIds: message.childrenIds,
    role: message.role,
    content: message.content,
  };
  if (message.role === 'user') {
    return { ...common, chat_type: message.chatType, timestamp: message.timestamp };
  }
  return {
    ...common,
    content_list: [
      ...message.media.map((image) => ({
        phase: 'image_gen_tool',
        content: '',
        extra: { image_list: [{ image }] },
        status: 'finished',
      })),
      { phase: 'answer', content: message.content, status: 'finished' },
    ],
    model: message.model,
    chat_type: message.chatType,
    ...(message.video && videoDetail(message.video)),
    done: true,
    timestamp: message.timestamp,
  };
}

/** A message with a video keeps its task (qwen-web §5.3); the address becomes its content. */
function videoDetail({ taskId, url }: NonNullable<StoredMessage['video']>): object {
  return { content: url() ?? '', extra: { wanx: { task_id: taskId } } };
}
