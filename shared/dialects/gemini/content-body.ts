import * as z from 'zod/mini';

/** As it goes into a data URI. */
const mimeType = z.string().check(z.regex(/^[\w.+-]+\/[\w.+-]+(?:;\s*[\w.+-]+=[\w.+"-]+)*$/));

const mediaFields = {
  inlineData: z.nullish(z.object({ mimeType, data: z.string(), displayName: z.nullish(z.string()) })),
  fileData: z.nullish(
    z.object({ mimeType: z.nullish(mimeType), fileUri: z.string(), displayName: z.nullish(z.string()) }),
  ),
};

const mediaBody = z.object(mediaFields);

/** A picture, video or file, given or pointed at. */
export type MediaBody = z.output<typeof mediaBody>;

const functionCall = z.object({
  id: z.nullish(z.string()),
  name: z.string(),
  args: z.nullish(z.record(z.string(), z.unknown())),
});

export type FunctionCallBody = z.output<typeof functionCall>;

const functionResponse = z.object({
  id: z.nullish(z.string()),
  name: z.string(),
  response: z.nullish(z.record(z.string(), z.unknown())),
  parts: z.nullish(z.array(mediaBody)),
});

export type FunctionResponseBody = z.output<typeof functionResponse>;

/** One of `parts`. Kinds that are not named here hold nothing that could be passed on, and are ignored. */
export const partBody = z.object({
  ...mediaFields,
  text: z.nullish(z.string()),
  thought: z.nullish(z.boolean()),
  functionCall: z.nullish(functionCall),
  functionResponse: z.nullish(functionResponse),
  executableCode: z.nullish(z.object({ language: z.nullish(z.string()), code: z.nullish(z.string()) })),
  codeExecutionResult: z.nullish(z.object({ output: z.nullish(z.string()) })),
});

export type PartBody = z.output<typeof partBody>;

/** One of `contents` (client-apis C.3). Older SDKs give results the role `function`; without a role it is the user's. */
export const contentBody = z.object({
  role: z.nullish(z.enum(['user', 'model', 'function'])),
  parts: z.nullish(z.array(partBody)),
});

export type ContentBody = z.output<typeof contentBody>;
