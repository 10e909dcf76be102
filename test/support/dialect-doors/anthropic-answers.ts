import * as z from 'zod';
import type { FinishReason } from '../../../shared/chat/finish-reason.ts';
import type { DialectDoor, Reading } from './dialect-door.ts';

const stopReasons = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'tool-calls',
  max_tokens: 'length',
  refusal: 'content-filter',
} as const satisfies Record<string, FinishReason>;

const stopReason = z.enum(['end_turn', 'stop_sequence', 'tool_use', 'max_tokens', 'refusal']).nullish();
const document = z.object({
  type: z.string(),
  error: z.object({ type: z.string(), message: z.string().min(1) }).optional(),
  content: z.array(z.object({ text: z.string().optional() })).optional(),
  stop_reason: stopReason,
  delta: z.object({ text: z.string().optional(), stop_reason: stopReason }).optional(),
});

/** Bodies and events in Anthropic's form. Its errors have no code, and a type that follows from the status. */
export const anthropicAnswers = {
  readWhole(body) {
    const reading = gather([document.parse(JSON.parse(body))]);
    return { ...reading, terminated: reading.finish !== undefined };
  },
  readStream(events) {
    const documents = events.map(({ data }) => document.parse(JSON.parse(data)));
    events.forEach(({ name }, index) => {
      if (name !== documents[index]?.type) throw new Error(`The event ${name} holds a ${documents[index]?.type}.`);
    });
    return { ...gather(documents), terminated: documents.some(({ type }) => type === 'message_stop') };
  },
  isIdle: ({ name }) => name === 'ping',
  wordsOf: ({ status }) => ({ type: typesByStatus[status] ?? 'api_error', code: '–' }),
} as const satisfies Omit<DialectDoor, 'request'>;

const typesByStatus: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  409: 'invalid_request_error',
  429: 'rate_limit_error',
  504: 'timeout_error',
};

function gather(documents: readonly z.output<typeof document>[]): Omit<Reading, 'terminated'> {
  const refused = documents.flatMap(({ error }) => error ?? [])[0];
  const reason = documents.flatMap(({ delta, stop_reason: whole }) => delta?.stop_reason ?? whole ?? [])[0];
  const texts = documents.flatMap(({ delta, content }) => delta?.text ?? content?.map(({ text = '' }) => text) ?? []);
  return {
    text: texts.join(''),
    error: refused && { type: refused.type, code: '–' },
    finish: reason && stopReasons[reason],
  };
}
