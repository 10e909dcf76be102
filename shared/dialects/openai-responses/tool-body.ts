import * as z from 'zod/mini';
import { toolName } from '../tool-name.ts';
import { imageTool } from './image-tool-body.ts';
import { orOther, otherKind } from './or-other.ts';

const description = z.nullish(z.string());
const jsonSchema = z.nullish(z.record(z.string(), z.unknown()));

const functionTool = z.object({ type: z.literal('function'), name: toolName, description, parameters: jsonSchema });

const grammar = z.object({ type: z.literal('grammar'), syntax: z.string(), definition: z.string() });

const customTool = z.object({
  type: z.literal('custom'),
  name: toolName,
  description,
  format: z.nullish(orOther(z.discriminatedUnion('type', [grammar, otherKind]))),
});

export type CallableToolBody = z.output<typeof functionTool> | z.output<typeof customTool>;

const callableTool = orOther(z.discriminatedUnion('type', [functionTool, customTool, otherKind]));

const namespaceTool = z.object({ type: z.literal('namespace'), name: toolName, tools: z.array(callableTool) });

const webSearch = z.object({ type: z.literal('web_search') });

/** Search tools bear dates and `preview` in their types, as `web_search_preview_2025_03_11`. */
const searchKind = (value: object): string | undefined =>
  'type' in value && typeof value.type === 'string' && value.type.startsWith('web_search') ? 'web_search' : undefined;

/** One of `tools`, also of those in an `additional_tools` item. */
export const toolBody = orOther(
  z.discriminatedUnion('type', [functionTool, customTool, namespaceTool, webSearch, imageTool, otherKind]),
  searchKind,
);

export type ToolBody = z.output<typeof toolBody>;

const named = [
  z.object({ type: z.literal('function'), name: z.string(), namespace: z.nullish(z.string()) }),
  z.object({ type: z.literal('custom'), name: z.string(), namespace: z.nullish(z.string()) }),
  webSearch,
  z.object({ type: z.literal('image_generation') }),
  otherKind,
] as const;

const toolReference = orOther(z.discriminatedUnion('type', named), searchKind);

export type ToolReferenceBody = z.output<typeof toolReference>;

const allowedTools = z.object({
  type: z.literal('allowed_tools'),
  mode: z.enum(['auto', 'required']),
  tools: z.array(toolReference),
});

/** `tool_choice`. */
export const toolChoiceBody = z.union([
  // A word first, so that of a wrong object the wrong field is named.
  z.pipe(z.string(), z.enum(['auto', 'none', 'required'])),
  orOther(z.discriminatedUnion('type', [...named, allowedTools]), searchKind),
]);

export type ToolChoiceBody = z.output<typeof toolChoiceBody>;
