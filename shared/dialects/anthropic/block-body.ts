import * as z from 'zod/mini';

const textBlock = z.object({ type: z.literal('text'), text: z.string() });

const imageBlock = z.object({
  type: z.literal('image'),
  source: z.discriminatedUnion('type', [
    z.object({ type: z.literal('base64'), media_type: z.string(), data: z.string() }),
    z.object({ type: z.literal('url'), url: z.string() }),
    z.object({ type: z.literal('file'), file_id: z.string() }),
  ]),
});

const documentBlock = z.object({
  type: z.literal('document'),
  title: z.nullish(z.string()),
  context: z.nullish(z.string()),
  source: z.discriminatedUnion('type', [
    z.object({ type: z.literal('base64'), media_type: z.string(), data: z.string() }),
    z.object({ type: z.literal('url'), url: z.string() }),
    z.object({ type: z.literal('text'), data: z.string() }),
    z.object({
      type: z.literal('content'),
      content: z.union([z.string(), z.array(z.discriminatedUnion('type', [textBlock, imageBlock]))]),
    }),
    z.object({ type: z.literal('file'), file_id: z.string() }),
  ]),
});

const searchResultBlock = z.object({
  type: z.literal('search_result'),
  source: z.string(),
  title: z.string(),
  content: z.array(textBlock),
});

const toolReferenceBlock = z.object({ type: z.literal('tool_reference'), tool_name: z.string() });

const toolUseBlock = z.object({
  type: z.literal('tool_use'),
  id: z.string(),
  name: z.string(),
  input: z.nullish(z.record(z.string(), z.unknown())),
});

/** A change of the tools on offer, in the middle of a conversation. */
const toolChange = z.object({ name: z.optional(z.string()) });

const readBlocks = [
  textBlock,
  imageBlock,
  documentBlock,
  searchResultBlock,
  toolReferenceBlock,
  toolUseBlock,
  z.object({
    type: z.literal('tool_search_tool_result'),
    content: z.object({ tool_references: z.optional(z.array(toolReferenceBlock)) }),
  }),
  z.object({ type: z.literal('tool_addition'), tool: toolChange }),
  z.object({ type: z.literal('tool_removal'), tool: toolChange }),
] as const;

const readTypes: ReadonlySet<string> = new Set([
  ...readBlocks.flatMap((block) => [...block.shape.type.def.values]),
  'tool_result',
]);

/**
 * Thinking, ours or foreign, the work of Anthropic's server tools, and kinds that are newer than this gateway: nothing
 * that the upstream could be shown, and no reason to refuse a conversation (client-apis C.0).
 */
const otherBlock = z.pipe(
  z.object({ type: z.string().check(z.refine((type) => !readTypes.has(type))) }),
  z.transform(() => ({ type: 'other' as const })),
);

const resultBlock = z.union([z.discriminatedUnion('type', readBlocks), otherBlock]);

const toolResultBlock = z.object({
  type: z.literal('tool_result'),
  tool_use_id: z.string(),
  content: z.nullish(z.union([z.string(), z.array(resultBlock)])),
  is_error: z.nullish(z.boolean()),
});

/** One block of a message's content (client-apis C.2); `cache_control` and citations on it are ignored. */
export const blockBody = z.union([z.discriminatedUnion('type', [...readBlocks, toolResultBlock]), otherBlock]);

export type BlockBody = z.output<typeof blockBody>;

export type ToolResultBody = z.output<typeof toolResultBlock>;

/** A block within a tool's result. */
export type ResultBlockBody = z.output<typeof resultBlock>;

export type ImageSourceBody = z.output<typeof imageBlock>['source'];

export type DocumentBody = z.output<typeof documentBlock>;
