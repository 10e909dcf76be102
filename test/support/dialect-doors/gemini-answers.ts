import * as z from 'zod';
import type { FinishReason } from '../../../shared/chat/finish-reason.ts';
import type { DialectDoor, Reading } from './dialect-door.ts';

const finishReasons = { STOP: 'stop', MAX_TOKENS: 'length', SAFETY: 'content-filter' } as const satisfies Record<
  string,
  FinishReason
>;

const part = z.object({ text: z.string().optional(), thought: z.boolean().optional() });
const answer = z.object({
  candidates: z
    .array(
      z.object({
        content: z.object({ parts: z.array(part) }),
        finishReason: z.enum(['STOP', 'MAX_TOKENS', 'SAFETY']).optional(),
      }),
    )
    .optional(),
  error: z
    .object({ code: z.int(), message: z.string().min(1), status: z.string(), details: z.array(z.looseObject({})) })
    .optional(),
});

type Answer = z.output<typeof answer>;

/** Bodies and chunks in Gemini's form. A stream has no terminator of its own: its last chunk has the finish reason. */
export const geminiAnswers = {
  readWhole: (body) => read([answer.parse(JSON.parse(body))]),
  readStream(events) {
    for (const { name } of events) if (name !== undefined) throw new Error(`Gemini clients drop the event ${name}.`);
    return read(events.map(({ data }) => answer.parse(JSON.parse(data))));
  },
  isIdle: ({ data }) => data.includes('"parts":[{"text":""}]') && !data.includes('finishReason'),
  wordsOf: ({ status, code }) => ({ type: statusNames[status] ?? 'INTERNAL', code }),
  brokenTail: 'data: {',
} as const satisfies Omit<DialectDoor, 'request'>;

const statusNames: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

function read(answers: readonly Answer[]): Reading {
  const candidates = answers.flatMap((document) => document.candidates ?? []);
  const refused = answers.flatMap(({ error }) => error ?? [])[0];
  const reason = candidates.flatMap(({ finishReason }) => finishReason ?? [])[0];
  const parts = candidates.flatMap(({ content }) => content.parts);
  return {
    text: parts.map(({ text = '', thought = false }) => (thought ? '' : text)).join(''),
    error: refused && { type: refused.status, code: reasonOf(refused.details) },
    finish: reason && finishReasons[reason],
    terminated: reason !== undefined,
  };
}

function reasonOf(details: readonly Readonly<Record<string, unknown>>[]): string {
  const reason = details.find((detail) => 'reason' in detail)?.reason;
  return typeof reason === 'string' ? reason : '–';
}
