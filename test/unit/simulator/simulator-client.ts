import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Simulator } from '../../../local/simulator/simulator.ts';

/** A parsed answer: whole, as the tests look at it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body when it is JSON. */
  readonly json: unknown;
}

/** What a test changes in a completion body. */
export interface CompletionChanges {
  readonly content?: unknown;
  readonly chatType?: string;
  readonly parentId?: string | null;
  readonly features?: object;
  readonly files?: readonly object[];
  readonly role?: string;
  readonly model?: string;
  readonly stream?: boolean;
}

export const fast = { thinking_enabled: false, output_schema: 'phase', thinking_mode: 'Fast' };
export const thinking = { thinking_enabled: true, output_schema: 'phase', thinking_mode: 'Thinking' };

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function completionBody(changes: CompletionChanges = {}): object {
  const { model = 'qwen3.7-plus', chatType = 't2t', parentId = null } = changes;
  return {
    stream: changes.stream ?? true,
    version: '2.1',
    incremental_output: true,
    chat_mode: 'normal',
    model,
    parent_id: parentId,
    messages: [
      {
        fid: randomUUID(),
        parentId,
        role: changes.role ?? 'user',
        content: changes.content ?? 'Hello',
        files: changes.files ?? [],
        models: [model],
        chat_type: chatType,
        feature_config: changes.features ?? fast,
        sub_chat_type: chatType,
      },
    ],
  };
}

/** Speaks to a simulator as one account. */
export class SimulatorClient {
  readonly simulator: Simulator;
  readonly email: string;
  readonly token: string;

  constructor(simulator: Simulator, email = 'owner@example.com') {
    this.simulator = simulator;
    this.email = email;
    this.token = simulator.control.accounts.token(email);
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await this.open(method, path, body, headers);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
  }

  open(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.simulator.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async createChat(): Promise<string> {
    const body = { title: 'New Chat', models: ['qwen3.7-plus'], chat_mode: 'normal', chat_type: 't2t', timestamp: 1 };
    return z
      .object({ data: z.object({ id: z.string() }) })
      .parse((await this.call('POST', '/api/v2/chats/new', body)).json).data.id;
  }

  complete(chatId: string, changes: CompletionChanges = {}): Promise<Answer> {
    return this.call('POST', `/api/v2/chat/completions?chat_id=${chatId}`, completionBody(changes));
  }

  /** The answer's response, while it is still being written. */
  openCompletion(chatId: string, changes: CompletionChanges = {}): Promise<Response> {
    return this.open('POST', `/api/v2/chat/completions?chat_id=${chatId}`, completionBody(changes));
  }

  /** Asks in a new chat. */
  async ask(changes: CompletionChanges = {}): Promise<Answer> {
    return this.complete(await this.createChat(), changes);
  }
}
