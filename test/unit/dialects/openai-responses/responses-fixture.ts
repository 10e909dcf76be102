import OpenAI from 'openai';
import type { AnswerIdentity } from '../../../../shared/chat/dialect.ts';
import type { GatewayError } from '../../../../shared/chat/errors/gateway-error.ts';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import {
  type ResponsesRequest,
  readResponses,
  readSentRequest,
} from '../../../../shared/dialects/openai-responses/read-request.ts';

export const settings = { outputThinking: true, searchInfoMode: 'annotations' } as const;

export const identity: AnswerIdentity = {
  id: '01234567-89ab-4def-8123-456789abcdef',
  createdAt: 1_795_000_000,
  model: 'qwen3-max',
  requestId: 'request-1',
};

export const responseId = 'resp_0123456789ab4def8123456789abcdef';

/** Reads a body as the gateway does when it refers to nothing stored. */
export function read(body: object): ResponsesRequest {
  return readResponses(readSentRequest({ model: 'qwen3-max', input: 'hi', ...body }), settings, undefined);
}

/** All that a stream of these batches holds, a failure at the end when there is one. */
export function streamed(
  request: ResponsesRequest,
  answer: readonly (readonly ChatEvent[])[],
  failure?: GatewayError,
): string {
  const writer = request.streamWriter(identity);
  const pieces = [writer.open(), ...answer.map((batch) => writer.write(batch))];
  return [...pieces, failure === undefined ? writer.close() : writer.fail(failure)].join('');
}

export interface StreamEvent {
  readonly type: string;
  readonly sequence_number: number;
  readonly [field: string]: unknown;
}

/** The events of a stream. Throws unless each is one `event:` line and one `data:` line of the same type. */
export function eventsIn(stream: string): readonly StreamEvent[] {
  return stream
    .split('\n\n')
    .filter((record) => record !== '')
    .map((record) => {
      const [, name, data = ''] = /^event: (\S+)\ndata: ([^\n]+)$/.exec(record) ?? [];
      const event: StreamEvent = JSON.parse(data);
      if (event.type !== name) throw new Error(`not one event: ${record}`);
      return event;
    });
}

/** The official client, answered with this stream whatever it asks. */
export function clientOf(stream: string): OpenAI {
  const answer = async () => new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
  return new OpenAI({ baseURL: 'http://127.0.0.1:9/v1', apiKey: 'x', maxRetries: 0, fetch: answer });
}

export const start: ChatEvent = { type: 'start', chatId: 'chat', responseId: 'response' };
export const text = (piece: string): ChatEvent => ({ type: 'text-delta', text: piece });
export const thought = (piece: string): ChatEvent => ({ type: 'reasoning-delta', text: piece });
export const end = (reason: 'stop' | 'tool-calls' | 'length' | 'content-filter' = 'stop'): ChatEvent => ({
  type: 'finish',
  reason,
});

export function call(
  name: string,
  pieces: readonly string[],
  input: 'json' | 'text' = 'json',
  id = `call_${name}`,
): readonly ChatEvent[] {
  return [
    { type: 'tool-call-start', id, name, input },
    ...pieces.map((piece): ChatEvent => ({ type: 'tool-call-delta', text: piece })),
    { type: 'tool-call-end' },
  ];
}
