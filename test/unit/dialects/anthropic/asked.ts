import type { AnswerIdentity, ReadRequest } from '../../../../shared/chat/dialect.ts';
import { InvalidRequestError } from '../../../../shared/chat/errors/request-errors.ts';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import { createAnthropic } from '../../../../shared/dialects/anthropic/anthropic.ts';
import type { AnthropicSettings } from '../../../../shared/dialects/anthropic/options.ts';
import { plainContext } from '../../../support/request-context.ts';

const usual: AnthropicSettings = { outputThinking: true, searchInfoMode: 'annotations' };

export const identity: AnswerIdentity = {
  id: '0b1c-2d3e',
  createdAt: 1_795_000_000,
  model: 'Qwen3.7-Plus',
  requestId: 'request-1',
};

/** Reads a body that is a plain request but for what a test wants different. */
export function asked(changes: object = {}, settings: Partial<AnthropicSettings> = {}): ReadRequest {
  const body = { model: 'm', max_tokens: 100, messages: [{ role: 'user', content: 'hi' }], ...changes };
  return readBody(body, settings);
}

/** Reads a body as it is. */
export function readBody(body: unknown, settings: Partial<AnthropicSettings> = {}): ReadRequest {
  return createAnthropic({ ...usual, ...settings }).read(body, plainContext);
}

/** What reading throws. */
export function refusal(read: () => unknown): InvalidRequestError {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidRequestError) return error;
    throw error;
  }
  throw new Error('was taken');
}

/** The events of a stream, each by its name and data; every record is checked to be one of each. */
export function eventsIn(stream: string) {
  const records = stream.split('\n\n');
  if (records.pop() !== '') throw new Error('the last record is not ended');
  return records.map((record) => {
    const [, name, data] = /^event: (\w+)\ndata: ([^\n]*)$/.exec(record) ?? [];
    if (name === undefined || data === undefined) throw new Error(`no event with one line of data: ${record}`);
    const fields = JSON.parse(data);
    if (fields.type !== name) throw new Error(`${name} calls itself ${fields.type}`);
    return fields;
  });
}

/** All that a stream writer gives for an answer, read. */
export function streamed(answer: readonly (readonly ChatEvent[])[], read = asked()) {
  const writer = read.streamWriter(identity);
  return eventsIn(writer.open() + answer.map((batch) => writer.write(batch)).join('') + writer.close());
}

/** The whole answer. */
export function whole(answer: readonly (readonly ChatEvent[])[], read = asked()) {
  const writer = read.wholeWriter(identity);
  for (const batch of answer) writer.write(batch);
  return JSON.parse(JSON.stringify(writer.body()));
}

export const say = (text: string): ChatEvent => ({ type: 'text-delta', text });
export const think = (text: string): ChatEvent => ({ type: 'reasoning-delta', text });
export const finish: ChatEvent = { type: 'finish', reason: 'stop' };

/** A call, its arguments in these pieces. */
export function call(id: string, name: string, ...pieces: readonly string[]): readonly ChatEvent[] {
  return [
    { type: 'tool-call-start', id, name, input: 'json' },
    ...pieces.map((text): ChatEvent => ({ type: 'tool-call-delta', text })),
    { type: 'tool-call-end' },
  ];
}
