import type { ReadRequest } from '../../../../shared/chat/dialect.ts';
import { InvalidRequestError } from '../../../../shared/chat/errors/request-errors.ts';
import type { ChatRequest } from '../../../../shared/chat/request.ts';
import { createGemini } from '../../../../shared/dialects/gemini/gemini.ts';
import type { GeminiMethod } from '../../../../shared/dialects/gemini/read-request.ts';
import type { OpenAiChatSettings } from '../../../../shared/dialects/openai-chat/options.ts';

export const settings = { outputThinking: true, searchInfoMode: 'annotations' } as const satisfies OpenAiChatSettings;

export interface Reading {
  readonly method?: GeminiMethod;
  readonly query?: Readonly<Record<string, string>>;
  readonly settings?: OpenAiChatSettings;
}

/** Reads a body as the path of `qwen3.7-plus` would. */
export function readBodyOf(body: unknown, reading: Reading = {}): ReadRequest {
  const dialect = createGemini(reading.settings ?? settings, reading.method);
  return dialect.read(body, { parameters: { model: 'qwen3.7-plus' }, query: reading.query ?? {}, headers: {} });
}

/** The request that a body asks. Fields beside `contents` have their default in `more`. */
export function requestOf(more: object = {}): ChatRequest {
  return readBodyOf({ contents: [{ parts: [{ text: 'hi' }] }], ...more }).request;
}

/** The error that a body is refused with. */
export function refusalOf(body: unknown): InvalidRequestError {
  try {
    readBodyOf(body);
  } catch (error) {
    if (error instanceof InvalidRequestError) return error;
    throw error;
  }
  throw new Error('The body was taken.');
}
