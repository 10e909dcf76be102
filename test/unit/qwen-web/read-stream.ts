import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GatewayError } from '../../../shared/chat/errors/gateway-error.ts';
import { GatewayError as GatewayErrorClass } from '../../../shared/chat/errors/gateway-error.ts';
import type { ChatEvent } from '../../../shared/chat/event.ts';
import { AnswerReader } from '../../../shared/upstreams/qwen-web/answer-reader.ts';
import { readAnswer } from '../../../shared/upstreams/qwen-web/answer-stream.ts';
import { ResponseBody } from '../../../shared/upstreams/qwen-web/response-body.ts';

/** What came of reading one stream. */
export interface Reading {
  readonly events: readonly ChatEvent[];
  readonly text: string;
  readonly reasoning: string;
  readonly error: GatewayError | undefined;
}

/** Reads a stream that the network cut into the given pieces. */
export async function readPieces(pieces: readonly Buffer[]): Promise<Reading> {
  const events: ChatEvent[] = [];
  let error: GatewayError | undefined;
  const body = new ResponseBody({ pause: () => {}, resume: () => {}, abort: () => {} });
  const sent = send(body, pieces);
  try {
    for await (const batch of readAnswer(body, new AnswerReader('chat-1'), new AbortController().signal)) {
      if (batch.length === 0) throw new Error('an empty batch');
      events.push(...batch);
    }
  } catch (thrown) {
    if (!(thrown instanceof GatewayErrorClass)) throw thrown;
    error = thrown;
  }
  await sent;
  return { events, text: joined(events, 'text-delta'), reasoning: joined(events, 'reasoning-delta'), error };
}

/** Each piece is a read of its own, as one turn of the event loop brings it. */
async function send(body: ResponseBody, pieces: readonly Buffer[]): Promise<void> {
  for (const piece of pieces) {
    if (piece.length > 0) body.push(piece);
    await nextTurn();
  }
  body.end();
}

/** Reads frames, each as a data line of its own in a read of its own. */
export function readFrames(...frames: readonly (object | string)[]): Promise<Reading> {
  const lines = frames.map((frame) => (typeof frame === 'string' ? frame : `data: ${JSON.stringify(frame)}\n\n`));
  return readPieces(lines.map((line) => Buffer.from(line)));
}

/** A delta frame of the answer "answer-1". */
export function delta(fields: object, rest: object = {}): object {
  return { choices: [{ delta: { role: 'assistant', content: '', ...fields } }], response_id: 'answer-1', ...rest };
}

export const created = {
  'response.created': { chat_id: 'chat-1', parent_id: 'm', response_id: 'answer-1', response_index: '0' },
};
export const finished = delta({ status: 'finished', phase: 'answer' });

/** A text delta of the answer phase. */
export function answer(content: string, rest: object = {}): object {
  return delta({ content, phase: 'answer', status: 'typing' }, rest);
}

function joined(events: readonly ChatEvent[], type: 'text-delta' | 'reasoning-delta'): string {
  return events.map((event) => (event.type === type ? event.text : '')).join('');
}
