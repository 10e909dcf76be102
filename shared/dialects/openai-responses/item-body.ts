import * as z from 'zod/mini';
import { contentBody } from './content-body.ts';
import { orOther, otherKind } from './or-other.ts';
import { toolBody } from './tool-body.ts';

const callId = z.string().check(z.minLength(1));
const namespace = z.nullish(z.string());

const message = z.object({
  type: z.literal('message'),
  role: z.enum(['user', 'assistant', 'system', 'developer']),
  content: contentBody,
});

const item = z.discriminatedUnion('type', [
  message,
  z.object({
    type: z.literal('function_call'),
    call_id: callId,
    name: z.string(),
    arguments: z.string(),
    namespace,
  }),
  z.object({
    type: z.literal('custom_tool_call'),
    call_id: callId,
    name: z.string(),
    input: z.string(),
    namespace,
  }),
  z.object({
    type: z.enum(['function_call_output', 'custom_tool_call_output']),
    call_id: callId,
    output: contentBody,
  }),
  z.object({ type: z.literal('additional_tools'), tools: z.array(toolBody) }),
  z.object({
    type: z.literal('image_generation_call'),
    result: z.string(),
    output_format: z.nullish(z.string()),
    revised_prompt: z.nullish(z.string()),
  }),
  z.object({ type: z.literal('item_reference'), id: z.string() }),
  otherKind,
]);

export type MessageItemBody = z.output<typeof message>;

export type ItemBody = z.output<typeof item>;

/**
 * One item of `input` (client-apis C.1). Kinds that say nothing to the upstream, as `reasoning`, `configuration_update`
 * and the calls of OpenAI's own tools, are taken and ignored; their fields are not looked at.
 */
export const itemBody = orOther(item, kindOfUntyped);

/** A message may leave its `type` out, and a reference may be nothing but an id; so may a picture without its file. */
function kindOfUntyped(value: object): string | undefined {
  if ('type' in value && value.type === 'image_generation_call') {
    if ('result' in value && typeof value.result === 'string' && value.result !== '') return undefined;
    return 'id' in value && typeof value.id === 'string' ? 'item_reference' : 'other';
  }
  if ('type' in value && value.type !== null && value.type !== undefined) return undefined;
  if ('role' in value) return 'message';
  return 'id' in value ? 'item_reference' : undefined;
}
