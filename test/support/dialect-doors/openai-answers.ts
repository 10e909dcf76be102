import * as z from 'zod';
import type { FinishReason } from '../../../shared/chat/finish-reason.ts';
import type { ServerSentEvent } from '../server-sent-events.ts';
import type { DialectDoor, Reading } from './dialect-door.ts';

const finishReason = z.enum(['stop', 'length', 'content_filter']).nullish();
const text = z.object({ content: z.string().nullish() });
const error = z.object({
  message: z.string().min(1),
  type: z.string(),
  param: z.string().nullable(),
  code: z.string(),
});
const answer = z.union([
  z.strictObject({ error }),
  z.object({
    error: z.undefined().optional(),
    choices: z.array(z.object({ delta: text.optional(), message: text.optional(), finish_reason: finishReason })),
  }),
]);

type Answer = z.output<typeof answer>;

/** Bodies and chunks in OpenAI's form, which the native form shares. */
export const openAiAnswers = {
  readWhole(body) {
    const reading = gather([answer.parse(JSON.parse(body))]);
    return { ...reading, terminated: reading.finish !== undefined };
  },
  readStream(events) {
    const data = events.map((event) => event.data);
    const documents = data.filter((line) => line !== '[DONE]').map((line) => answer.parse(JSON.parse(line)));
    return { ...gather(documents), terminated: data.includes('[DONE]') };
  },
  isIdle: ({ data }: ServerSentEvent) => data.includes('"delta":{}') && data.includes('"finish_reason":null'),
  wordsOf: ({ type, code }) => ({ type: type === 'api_error' ? 'server_error' : type, code }),
} as const satisfies Omit<DialectDoor, 'request'>;

function gather(documents: readonly Answer[]): Omit<Reading, 'terminated'> {
  const choices = documents.flatMap((document) => ('choices' in document ? document.choices : []));
  const refused = documents.flatMap((document) => document.error ?? [])[0];
  const reason = choices.flatMap((choice) => choice.finish_reason ?? [])[0];
  return {
    text: choices.map(({ delta, message }) => delta?.content ?? message?.content ?? '').join(''),
    error: refused && { type: refused.type, code: refused.code },
    finish: reason && finishReasons[reason],
  };
}

const finishReasons = {
  stop: 'stop',
  length: 'length',
  content_filter: 'content-filter',
} as const satisfies Record<string, FinishReason>;
