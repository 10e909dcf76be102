import * as z from 'zod/mini';
import { toolName } from '../tool-name.ts';
import { contentBody, partBody } from './content-body.ts';

const positiveInteger = z.int().check(z.gte(1));
const schema = z.record(z.string(), z.unknown());

/** Stop sequences are matched all at once; this bounds the matcher. Google takes 5. */
const maximumStopSequences = 16;

const functionDeclaration = z.object({
  name: toolName,
  description: z.nullish(z.string()),
  parameters: z.nullish(schema),
  parametersJsonSchema: z.nullish(schema),
});

export type FunctionDeclarationBody = z.output<typeof functionDeclaration>;

const tool = z.object({
  functionDeclarations: z.nullish(z.array(functionDeclaration)),
  googleSearch: z.nullish(z.looseObject({})),
  googleSearchRetrieval: z.nullish(z.looseObject({})),
});

const functionCallingConfig = z.object({
  mode: z.nullish(z.enum(['AUTO', 'ANY', 'NONE', 'VALIDATED', 'MODE_UNSPECIFIED'])),
  allowedFunctionNames: z.nullish(z.array(z.string())),
});

export type FunctionCallingBody = z.output<typeof functionCallingConfig>;

const thinkingConfig = z.object({
  includeThoughts: z.nullish(z.boolean()),
  thinkingBudget: z.nullish(z.int().check(z.gte(-1))),
  thinkingLevel: z.nullish(z.string()),
});

const generationConfig = z.object({
  candidateCount: z.nullish(positiveInteger),
  maxOutputTokens: z.nullish(positiveInteger),
  stopSequences: z.nullish(z.array(z.string()).check(z.maxLength(maximumStopSequences))),
  responseMimeType: z.nullish(z.string()),
  responseSchema: z.nullish(schema),
  responseJsonSchema: z.nullish(schema),
  responseModalities: z.nullish(z.array(z.string())),
  responseLogprobs: z.nullish(z.boolean()),
  thinkingConfig: z.nullish(thinkingConfig),
  imageConfig: z.nullish(z.object({ aspectRatio: z.nullish(z.string()) })),
});

export type GenerationBody = z.output<typeof generationConfig>;

/** Instructions: a text, a content or its parts. */
const systemInstruction = z.union([z.string(), contentBody, z.array(partBody)]);

export type SystemInstructionBody = z.output<typeof systemInstruction>;

/**
 * `generateContent` and `streamGenerateContent` (client-apis C.3); `null` stands for an absent field. Fields not named
 * here, as `safetySettings`, are ignored.
 */
export const geminiBody = z.object({
  contents: z.array(contentBody).check(z.minLength(1)),
  systemInstruction: z.nullish(systemInstruction),
  tools: z.nullish(z.array(tool)),
  toolConfig: z.nullish(z.object({ functionCallingConfig: z.nullish(functionCallingConfig) })),
  generationConfig: z.nullish(generationConfig),
  cachedContent: z.nullish(z.string()),
});

export type GeminiBody = z.output<typeof geminiBody>;
