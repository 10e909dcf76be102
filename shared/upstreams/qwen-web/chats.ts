import { UpstreamUnavailableError } from '../../chat/errors/answer-faults.ts';
import type { Credentials } from '../../chat/upstream.ts';
import { chatBody } from './chat-body.ts';
import type { ChatType } from './completion-body.ts';
import { upstreamHeaders } from './headers.ts';
import { callJson } from './json-call.ts';
import { type JsonObject, objectField, textField } from './json-fields.ts';
import type { Transport } from './transport.ts';

/** Milliseconds that telling the upstream to stop may take: the answer is over for its reader already. */
const stopDeadline = 5000;

/** The chats of accounts, as the upstream keeps them (qwen-web §3). */
export class Chats {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Makes a chat.
   *
   * @returns its id.
   * @throws UpstreamError when the upstream refuses.
   */
  async create(
    model: string,
    title: string,
    chatType: ChatType,
    credentials: Credentials,
    signal: AbortSignal,
  ): Promise<string> {
    const { body } = await callJson(this.#transport, {
      method: 'POST',
      path: '/api/v2/chats/new',
      headers: upstreamHeaders({ credentials, accept: 'application/json' }),
      body: JSON.stringify(chatBody(model, title, chatType)),
      signal,
      account: credentials,
    });
    const data = objectField(body, 'data');
    const id =
      textField(data, 'id') ??
      textField(objectField(data, 'chat'), 'id') ??
      textField(data, 'chat_id') ??
      textField(body, 'id');
    if (id !== undefined) return id;
    throw new UpstreamUnavailableError('The upstream made a chat without telling its id.', {
      upstreamCode: 'no_chat_id',
    });
  }

  /** @throws ChatGoneError when there is no such chat; UpstreamError when the upstream refuses. */
  async delete(chatId: string, credentials: Credentials, signal: AbortSignal): Promise<void> {
    await callJson(this.#transport, {
      method: 'DELETE',
      path: chatPath(chatId),
      headers: upstreamHeaders({ credentials, accept: 'application/json' }),
      signal,
      account: credentials,
    });
  }

  /**
   * Looks up where a chat ends.
   *
   * @returns the id of its newest message, `null` when it holds none.
   */
  async newestMessage(chatId: string, credentials: Credentials, signal: AbortSignal): Promise<string | null> {
    const history = objectField(objectField(await this.detail(chatId, credentials, signal), 'chat'), 'history');
    return textField(history, 'currentId') ?? null;
  }

  /** The chat with all its messages. @throws ChatGoneError when there is no such chat. */
  async detail(chatId: string, credentials: Credentials, signal: AbortSignal): Promise<JsonObject | undefined> {
    const { body } = await callJson(this.#transport, {
      method: 'GET',
      path: chatPath(chatId),
      headers: upstreamHeaders({ credentials, chatId, accept: 'application/json' }),
      signal,
      account: credentials,
    });
    return objectField(body, 'data');
  }

  /** Tells the upstream to stop generating an answer. Never throws: the connection is closed anyway. */
  async stop(chatId: string, responseId: string, credentials: Credentials): Promise<void> {
    try {
      await callJson(this.#transport, {
        method: 'POST',
        path: '/api/v2/chat/completions/stop',
        headers: upstreamHeaders({ credentials, chatId, accept: 'application/json' }),
        body: JSON.stringify({ chat_id: chatId, response_id: responseId }),
        signal: AbortSignal.timeout(stopDeadline),
        account: credentials,
      });
    } catch {
      // Nothing depends on it.
    }
  }
}

/** The path of one chat. */
export function chatPath(chatId: string): string {
  return `/api/v2/chats/${encodeURIComponent(chatId)}`;
}
