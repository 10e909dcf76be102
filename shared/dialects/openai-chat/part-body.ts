import * as z from 'zod/mini';

/** Clients write an address bare, or in an object. */
const address = z.union([z.string(), z.object({ url: z.string() })]);

const file = z.object({
  file_data: z.nullish(z.string()),
  file_url: z.nullish(z.string()),
  file_id: z.nullish(z.string()),
  filename: z.nullish(z.string()),
});

/** A sound in bare base64. */
export const audioBody = z.object({
  data: z.string(),
  format: z.string().check(z.regex(/^[\w.+-]{1,32}$/)),
});

const fileId = { file_id: z.nullish(z.string()) };

/**
 * One part of a message's content: OpenAI's forms, those of the Responses API, which clients mix in, and those of Qwen's
 * own API (`image`, `video`).
 */
export const contentPart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image_url'), image_url: address }),
  z.object({ type: z.literal('image'), image: z.string() }),
  z.object({ type: z.literal('input_image'), image_url: z.nullish(address), ...fileId }),
  z.object({ type: z.literal('video_url'), video_url: address }),
  z.object({ type: z.literal('video'), video: z.string() }),
  z.object({ type: z.literal('input_video'), video_url: z.nullish(address), ...fileId }),
  z.object({ type: z.literal('file'), file }),
  z.extend(file, { type: z.literal('input_file') }),
  z.object({ type: z.literal('refusal'), refusal: z.string() }),
  z.object({
    type: z.literal('input_audio'),
    input_audio: audioBody,
  }),
]);

export type ContentPartBody = z.output<typeof contentPart>;
