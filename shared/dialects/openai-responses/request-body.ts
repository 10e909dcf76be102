import * as z from 'zod/mini';
import { itemBody } from './item-body.ts';
import { toolBody, toolChoiceBody } from './tool-body.ts';

const text = z.nullish(z.string());
const flag = z.nullish(z.boolean());
const number = z.nullish(z.number());
const positiveInteger = z.nullish(z.int().check(z.gte(1)));

const format = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('json_object') }),
  z.object({
    type: z.literal('json_schema'),
    name: z.string(),
    schema: z.nullish(z.record(z.string(), z.unknown())),
  }),
]);

/** Texts by name. The library's own record looks at all of them, and fails when very many are wrong. */
const textRecord = z.pipe(
  z.record(z.string(), z.unknown()),
  z.transform((values: Record<string, unknown>, { issues }): Readonly<Record<string, string>> => {
    const texts: [string, string][] = [];
    for (const [name, value] of Object.entries(values)) {
      if (typeof value !== 'string') {
        issues.push({ code: 'invalid_type', expected: 'string', input: value, path: [name] });
        return z.NEVER;
      }
      texts.push([name, value]);
    }
    return Object.fromEntries(texts);
  }),
);

/** `POST /v1/responses`. `null` stands for an absent field. Fields not named here are ignored. */
export const responsesBody = z.object({
  model: z.string().check(z.minLength(1)),
  input: z.union([z.string(), z.array(itemBody)]),
  instructions: text,
  previous_response_id: text,
  stream: flag,
  store: flag,
  background: flag,
  max_output_tokens: positiveInteger,
  text: z.nullish(z.object({ format: z.nullish(format) })),
  reasoning: z.nullish(z.object({ effort: text, summary: text })),
  tools: z.nullish(z.array(toolBody)),
  tool_choice: z.nullish(toolChoiceBody),
  parallel_tool_calls: flag,
  include: z.nullish(z.array(z.string())),
  metadata: z.nullish(textRecord),
  temperature: number,
  top_p: number,
  truncation: text,
  service_tier: text,
  prompt_cache_key: text,
  safety_identifier: text,
  user: text,
  conversation: z.nullish(z.union([z.string(), z.looseObject({})])),
  prompt: z.nullish(z.looseObject({})),
  enable_thinking: flag,
  thinking_budget: positiveInteger,
  enable_search: flag,
});

export type ResponsesBody = z.output<typeof responsesBody>;

/** Items as they were sent once, read again out of the store. */
export const storedItemsBody = z.object({ input: z.array(itemBody) });
