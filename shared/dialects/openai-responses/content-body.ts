import * as z from 'zod/mini';
import { audioBody } from '../openai-chat/part-body.ts';
import { orOther, otherKind } from './or-other.ts';

const urlField = z.nullish(z.union([z.string(), z.object({ url: z.string() })]));
const text = z.nullish(z.string());

const part = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(['input_text', 'output_text', 'text', 'summary_text', 'reasoning_text']),
    text: z.string(),
  }),
  z.object({ type: z.literal('refusal'), refusal: z.string() }),
  z.object({ type: z.literal('input_image'), image_url: urlField, file_id: text }),
  z.object({ type: z.literal('input_video'), video_url: urlField, file_id: text }),
  z.object({ type: z.literal('input_file'), file_url: text, file_data: text, file_id: text, filename: text }),
  z.object({ type: z.literal('input_audio'), input_audio: audioBody }),
  otherKind,
]);

export type PartBody = z.output<typeof part>;

/** Content of a message, and the output of a tool: a string, or parts. */
export const contentBody = z.union([z.string(), z.array(orOther(part))]);

export type ContentBody = z.output<typeof contentBody>;
