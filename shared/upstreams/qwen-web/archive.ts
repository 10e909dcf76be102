import type { ArchivedChat, ChatArchive, ChatSummary } from '../../chat/chat-archive.ts';
import type { Credentials } from '../../chat/upstream.ts';
import { milliseconds } from './archive-time.ts';
import { archivedMessages } from './archived-messages.ts';
import { type Chats, chatPath } from './chats.ts';
import { upstreamHeaders } from './headers.ts';
import { callJson } from './json-call.ts';
import { isJsonObject, type JsonObject, listField, numberField, textField } from './json-fields.ts';
import type { Transport } from './transport.ts';
import { messagesOf } from './video-task.ts';

/** Reading, naming and listing the chats of accounts (qwen-web §3). */
export class Archive implements ChatArchive {
  readonly #transport: Transport;
  readonly #chats: Chats;

  constructor(transport: Transport, chats: Chats) {
    this.#transport = transport;
    this.#chats = chats;
  }

  async read(chatId: string, credentials: Credentials, signal: AbortSignal): Promise<ArchivedChat> {
    const detail = await this.#chats.detail(chatId, credentials, signal);
    return { title: textField(detail, 'title'), messages: archivedMessages(messagesOf(detail)) };
  }

  async rename(chatId: string, title: string, credentials: Credentials, signal: AbortSignal): Promise<void> {
    await callJson(this.#transport, {
      method: 'POST',
      path: `${chatPath(chatId)}/title`,
      headers: upstreamHeaders({ credentials, chatId, accept: 'application/json' }),
      body: JSON.stringify({ title }),
      signal,
      account: credentials,
    });
  }

  async list(page: number, credentials: Credentials, signal: AbortSignal): Promise<readonly ChatSummary[]> {
    const { body } = await callJson(this.#transport, {
      method: 'GET',
      path: `/api/v2/chats/?page=${page}`,
      headers: upstreamHeaders({ credentials, accept: 'application/json' }),
      signal,
      account: credentials,
    });
    return (listField(body, 'data') ?? []).filter(isJsonObject).flatMap((chat) => {
      const id = textField(chat, 'id');
      return id === undefined ? [] : [{ id, title: textField(chat, 'title') ?? '', updatedAt: changeOf(chat) }];
    });
  }
}

function changeOf(chat: JsonObject): number | undefined {
  return milliseconds(numberField(chat, 'updated_at') ?? numberField(chat, 'created_at'));
}
