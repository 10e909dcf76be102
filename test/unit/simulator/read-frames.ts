import { z } from 'zod';

const usageSchema = z.looseObject({
  input_tokens: z.number(),
  output_tokens: z.number(),
  total_tokens: z.number(),
  output_tokens_details: z.looseObject({ reasoning_tokens: z.number().optional(), text_tokens: z.number() }),
});
const listSchema = z.object({ content: z.array(z.string()) });
const docSchema = z.looseObject({ url: z.string(), title: z.string() });
const extraSchema = z.looseObject({
  summary_title: listSchema.optional(),
  summary_thought: listSchema.optional(),
  tool_result: z
    .union([z.looseObject({ docs: z.array(docSchema), used_id: z.number() }), z.array(z.object({ image: z.string() }))])
    .optional(),
  web_search_info: z.array(docSchema).optional(),
  image_list: z.array(z.object({ image: z.string() })).optional(),
});
const deltaSchema = z.looseObject({
  role: z.string(),
  content: z.string(),
  phase: z.string().optional(),
  status: z.string(),
  function_call: z.object({ name: z.string(), arguments: z.string() }).optional(),
  extra: extraSchema.optional(),
});
const frameSchema = z.looseObject({
  'response.created': z
    .object({ chat_id: z.string(), parent_id: z.string(), response_id: z.string() })
    .loose()
    .optional(),
  'response.info': z.looseObject({ action: z.string() }).optional(),
  'response.stopped': z.looseObject({ response_id: z.string() }).optional(),
  choices: z.array(z.object({ delta: deltaSchema })).optional(),
  response_id: z.string().optional(),
  usage: z.union([usageSchema, z.strictObject({})]).optional(),
});

export type Frame = z.infer<typeof frameSchema>;
export type Delta = z.infer<typeof deltaSchema>;
export type FrameUsage = z.infer<typeof usageSchema>;

/** The JSON documents of a stream's data lines, in order. */
export function framesOf(stream: string): Frame[] {
  return dataLines(stream).map((line) => frameSchema.parse(JSON.parse(line)));
}

export function deltasOf(stream: string): Delta[] {
  return framesOf(stream).flatMap((frame) => frame.choices?.map((choice) => choice.delta) ?? []);
}

/** All usage counts, empty ones left out. */
export function usagesOf(stream: string): FrameUsage[] {
  return framesOf(stream).flatMap(({ usage }) => {
    const counts = usageSchema.safeParse(usage);
    return counts.success ? [counts.data] : [];
  });
}

/** The pieces of answer text, empty ones left out. */
export function piecesOf(stream: string): string[] {
  return deltasOf(stream)
    .filter((delta) => delta.phase === 'answer' && delta.content !== '')
    .map((delta) => delta.content);
}

export function textOf(stream: string): string {
  return piecesOf(stream).join('');
}

/** The id that a next turn names as its parent. */
export function responseIdOf(stream: string): string {
  return framesOf(stream)[0]?.['response.created']?.response_id ?? 'no response.created';
}

/**
 * The framing of a stream: its data lines byte for byte, but with values masked that differ from answer to answer.
 * Lists of alike values and runs of alike lines count once.
 */
export function framingOf(stream: string): string[] {
  const masked = dataLines(stream).map(maskValues);
  return masked.filter((line, index) => line !== masked[index - 1]);
}

function dataLines(stream: string): string[] {
  return stream
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => line.slice('data: '.length).trimEnd())
    .filter((line) => line !== '[DONE]');
}

const kept = /"(?:phase|status|role|action|display_position)": "[^"]*"|"name": "(?:web_search|image_gen|image_edit)"/y;
const key = /"[A-Za-z_.]+"(?=:)/y;
const text = /"(?:[^"\\]|\\.)*"/y;
const number = /\d+/y;

function maskValues(line: string): string {
  let masked = '';
  for (let index = 0; index < line.length; ) {
    const match = [kept, key, text, number].map((pattern) => matchAt(pattern, line, index)).find((found) => found);
    if (match === undefined) {
      masked += line[index];
      index += 1;
    } else {
      const isValue = matchAt(kept, line, index) === undefined && matchAt(key, line, index) === undefined;
      masked += isValue ? (match.startsWith('"') ? 'TEXT' : '0') : match;
      index += match.length;
    }
  }
  return masked.replace(/TEXT(?:, TEXT)+/g, 'TEXT').replace(/(\{[^{}]*\})(?:, \1)+/g, '$1');
}

function matchAt(pattern: RegExp, line: string, index: number): string | undefined {
  pattern.lastIndex = index;
  return pattern.exec(line)?.[0];
}
