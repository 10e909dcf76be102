import * as z from 'zod/mini';
import { contentPart } from './part-body.ts';

/** Content of any message: a string, or parts. */
export const contentBody = z.union([z.string(), z.array(contentPart)]);

export type ContentBody = z.output<typeof contentBody>;

/** User content: as any, but not without parts. */
export const userContentBody = z.union([z.string(), z.array(contentPart).check(z.minLength(1))]);

const functionCall = z.object({ name: z.string(), arguments: z.nullish(z.string()) });

const toolCall = z.object({
  id: z.nullish(z.string()),
  function: z.nullish(functionCall),
  custom: z.nullish(z.object({ name: z.string(), input: z.nullish(z.string()) })),
});

export type ToolCallBody = z.output<typeof toolCall>;

const assistantMessage = z.object({
  role: z.literal('assistant'),
  content: z.nullish(contentBody),
  refusal: z.nullish(z.string()),
  tool_calls: z.nullish(z.array(toolCall)),
  function_call: z.nullish(functionCall),
});

export type AssistantMessageBody = z.output<typeof assistantMessage>;

/** A message of a chat completions request; client-apis C.1, clients §1 (4, 5) say who sends which form. */
export const messageBody = z.discriminatedUnion('role', [
  z.object({ role: z.literal('system'), content: contentBody }),
  z.object({ role: z.literal('developer'), content: contentBody }),
  z.object({ role: z.literal('user'), content: userContentBody }),
  assistantMessage,
  z.object({ role: z.literal('tool'), tool_call_id: z.string(), content: contentBody }),
  z.object({ role: z.literal('function'), name: z.string(), content: z.nullable(contentBody) }),
]);

export type MessageBody = z.output<typeof messageBody>;
