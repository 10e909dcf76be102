import { at } from './at.ts';
import type { StreamRecord } from './read-stream.ts';

/** How one dialect is asked by hand, and what its answers are recognised by. */
export interface WireDialect {
  readonly name: 'chat completions' | 'responses' | 'anthropic' | 'gemini';
  path(form: Form, model: string): string;
  /** @param more fields of the body, beside the question, or in place of it. */
  body(form: Form, model: string, prompt: string, more?: object): object;
  /** The body's fields that declare one tool, and demand a call of it when it is to be called. */
  tools(name: string, mustCall?: boolean): object;
  textOf(record: StreamRecord): string;
  isIdle(record: StreamRecord): boolean;
  /** Whether a record tells a caller that all went well. */
  isGoodEnd(record: StreamRecord): boolean;
  isError(record: StreamRecord): boolean;
}

export type Form = 'whole' | 'streamed';

const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const description = 'Tells the weather of a city.';
const textAt = (record: StreamRecord, ...path: (string | number)[]) => {
  const text = at(record.json, ...path);
  return typeof text === 'string' ? text : '';
};

const chatCompletions: WireDialect = {
  name: 'chat completions',
  path: () => '/v1/chat/completions',
  body: (form, model, prompt, more) => ({
    model,
    messages: [{ role: 'user', content: prompt }],
    stream: form === 'streamed',
    ...more,
  }),
  tools: (name, mustCall = false) => ({
    tools: [{ type: 'function', function: { name, description, parameters } }],
    ...(mustCall && { tool_choice: { type: 'function', function: { name } } }),
  }),
  textOf: (record) => textAt(record, 'choices', 0, 'delta', 'content'),
  isIdle: ({ json }) => {
    const delta = at(json, 'choices', 0, 'delta');
    return (
      delta !== undefined && Object.keys(Object(delta)).length === 0 && at(json, 'choices', 0, 'finish_reason') === null
    );
  },
  isGoodEnd: ({ data, json }) => data === '[DONE]' || typeof at(json, 'choices', 0, 'finish_reason') === 'string',
  isError: ({ json }) => at(json, 'error') !== undefined,
};

const responses: WireDialect = {
  name: 'responses',
  path: () => '/v1/responses',
  body: (form, model, prompt, more) => ({ model, input: prompt, stream: form === 'streamed', store: false, ...more }),
  tools: (name, mustCall = false) => ({
    tools: [{ type: 'function', name, description, parameters }],
    ...(mustCall && { tool_choice: { type: 'function', name } }),
  }),
  textOf: (record) => (record.event === 'response.output_text.delta' ? textAt(record, 'delta') : ''),
  isIdle: ({ event }) => event === 'response.in_progress',
  isGoodEnd: ({ event }) => event === 'response.completed' || event === 'response.incomplete',
  isError: ({ event }) => event === 'error',
};

const anthropic: WireDialect = {
  name: 'anthropic',
  path: () => '/v1/messages',
  body: (form, model, prompt, more) => ({
    model,
    max_tokens: 4000,
    messages: [{ role: 'user', content: prompt }],
    stream: form === 'streamed',
    ...more,
  }),
  tools: (name, mustCall = false) => ({
    tools: [{ name, description, input_schema: parameters }],
    ...(mustCall && { tool_choice: { type: 'tool', name } }),
  }),
  textOf: (record) => textAt(record, 'delta', 'text'),
  isIdle: ({ event }) => event === 'ping',
  isGoodEnd: ({ event }) => event === 'message_stop' || event === 'message_delta',
  isError: ({ event }) => event === 'error',
};

const gemini: WireDialect = {
  name: 'gemini',
  path: (form, model) =>
    `/v1beta/models/${model}:${form === 'streamed' ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
  body: (_form, _model, prompt, more) => ({ contents: [{ role: 'user', parts: [{ text: prompt }] }], ...more }),
  tools: (name, mustCall = false) => ({
    tools: [{ functionDeclarations: [{ name, description, parameters }] }],
    ...(mustCall && { toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: [name] } } }),
  }),
  textOf: (record) => textAt(record, 'candidates', 0, 'content', 'parts', 0, 'text'),
  isIdle: ({ json }) =>
    at(json, 'candidates', 0, 'content', 'parts', 0, 'text') === '' &&
    at(json, 'candidates', 0, 'finishReason') === undefined,
  isGoodEnd: ({ json }) => at(json, 'candidates', 0, 'finishReason') !== undefined,
  isError: ({ json }) => at(json, 'error') !== undefined,
};

/** Every dialect of foreign clients. */
export const wireDialects: readonly WireDialect[] = [chatCompletions, responses, anthropic, gemini];

export const wire = { chatCompletions, responses, anthropic, gemini };
