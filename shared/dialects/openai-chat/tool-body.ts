import * as z from 'zod/mini';
import { toolName } from '../tool-name.ts';

const jsonSchema = z.record(z.string(), z.unknown());

const functionTool = z.object({
  type: z.literal('function'),
  function: z.object({
    name: toolName,
    description: z.nullish(z.string()),
    parameters: z.nullish(jsonSchema),
  }),
});

const customTool = z.object({
  type: z.literal('custom'),
  custom: z.object({ name: toolName, description: z.nullish(z.string()) }),
});

/** One of `tools` (client-apis C.1). */
export const toolBody = z.discriminatedUnion('type', [functionTool, customTool]);

export type ToolBody = z.output<typeof toolBody>;

const namedFunction = z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) });
const namedCustom = z.object({ type: z.literal('custom'), custom: z.object({ name: z.string() }) });

/** `tool_choice`. */
export const toolChoiceBody = z.union([
  z.enum(['auto', 'none', 'required']),
  z.discriminatedUnion('type', [
    namedFunction,
    namedCustom,
    z.object({
      type: z.literal('allowed_tools'),
      allowed_tools: z.object({
        mode: z.enum(['auto', 'required']),
        tools: z.array(z.union([namedFunction, namedCustom])),
      }),
    }),
  ]),
]);

export type ToolChoiceBody = z.output<typeof toolChoiceBody>;
