import * as z from 'zod';
import type { FinishReason } from '../../../shared/chat/finish-reason.ts';
import type { DialectDoor, ErrorWords } from './dialect-door.ts';
import { openAiAnswers } from './openai-answers.ts';

const response = z.object({
  status: z.enum(['in_progress', 'completed', 'incomplete', 'failed']),
  incomplete_details: z.object({ reason: z.enum(['max_output_tokens', 'content_filter']) }).nullish(),
  output: z.array(z.object({ content: z.array(z.object({ text: z.string().optional() })).optional() })),
});
const error = z.object({
  message: z.string().min(1),
  type: z.string(),
  param: z.string().nullable(),
  code: z.string(),
});
const envelope = z.strictObject({ error });
const event = z.object({
  type: z.string(),
  sequence_number: z.int(),
  delta: z.string().optional(),
  response: response.optional(),
  error: error.optional(),
});

/** Bodies and events of the Responses API. */
export const responsesAnswers = {
  readWhole(body) {
    const document = z.union([envelope, response]).parse(JSON.parse(body));
    if ('error' in document) return { text: '', error: words(document.error), finish: undefined, terminated: false };
    const finish = finishOf(document);
    return { text: textOf(document), error: undefined, finish, terminated: finish !== undefined };
  },
  readStream(events) {
    const told = events.map(({ name, data }, index) => {
      const read = event.parse(JSON.parse(data));
      if (name !== read.type || read.sequence_number !== index) throw new Error(`Event ${index} is wrong: ${data}`);
      return read;
    });
    const refused = told.flatMap((each) => each.error ?? [])[0];
    const last = told.findLast(({ type }) => type === 'response.completed' || type === 'response.incomplete');
    const texts = told.flatMap(({ type, delta = '' }) => (type === 'response.output_text.delta' ? [delta] : []));
    return {
      text: texts.join(''),
      error: refused && words(refused),
      finish: last?.response && finishOf(last.response),
      terminated: last !== undefined,
    };
  },
  // The same event is the second of every stream.
  isIdle: ({ name, data }) => name === 'response.in_progress' && !data.includes('"sequence_number":1,'),
  wordsOf: openAiAnswers.wordsOf,
} as const satisfies Omit<DialectDoor, 'request'>;

function words({ type, code }: ErrorWords): ErrorWords {
  return { type, code };
}

function finishOf({ status, incomplete_details: details }: z.output<typeof response>): FinishReason | undefined {
  if (status === 'completed') return 'stop';
  if (status !== 'incomplete') return undefined;
  return details?.reason === 'content_filter' ? 'content-filter' : 'length';
}

function textOf({ output }: z.output<typeof response>): string {
  return output.flatMap(({ content = [] }) => content.map(({ text = '' }) => text)).join('');
}
