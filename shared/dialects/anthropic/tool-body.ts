import * as z from 'zod/mini';
import { toolName } from '../tool-name.ts';

/**
 * One of `tools`: a caller's own, which has a schema and no `type` or `custom`, or one of Anthropic's, which has a dated
 * type and no schema. Which fields must be there depends on that, so it is judged by its reader.
 */
export const toolBody = z.object({
  type: z.nullish(z.string()),
  name: z.optional(toolName),
  description: z.nullish(z.string()),
  input_schema: z.optional(z.record(z.string(), z.unknown())),
  defer_loading: z.nullish(z.boolean()),
});

export type ToolBody = z.output<typeof toolBody>;

const parallelSwitch = { disable_parallel_tool_use: z.nullish(z.boolean()) };

/** `tool_choice`. */
export const toolChoiceBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('auto'), ...parallelSwitch }),
  z.object({ type: z.literal('any'), ...parallelSwitch }),
  z.object({ type: z.literal('tool'), name: z.string(), ...parallelSwitch }),
  z.object({ type: z.literal('none'), ...parallelSwitch }),
]);

export type ToolChoiceBody = z.output<typeof toolChoiceBody>;
