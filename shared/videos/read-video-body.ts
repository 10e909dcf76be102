import * as z from 'zod/mini';
import { type AspectRatio, readAspectRatio } from '../chat/aspect-ratio.ts';
import { InvalidRequestError, UnsupportedParameterError } from '../chat/errors/request-errors.ts';
import { readBody } from '../dialects/read-body.ts';
import { MultipartBody } from '../http/multipart-body.ts';
import { readForm } from '../http/read-form.ts';
import { readPrompt } from './read-prompt.ts';

const longestVideo = 60;
const defaultSize = '1280x720';

/** `POST /v1/videos`; `null` stands for an absent field. */
export const videoBody = z.object({
  prompt: z.string(),
  model: z.nullish(z.string()),
  size: z.nullish(z.string()),
  seconds: z.nullish(z.union([z.string(), z.number()])),
  input_reference: z.nullish(z.unknown()),
  wait: z.nullish(z.union([z.boolean(), z.enum(['true', 'false'])])),
  webhook_url: z.nullish(z.string()),
});

/** What a client asks for with `POST /v1/videos`. */
export interface VideoAsked {
  readonly prompt: string;
  readonly model: string | undefined;
  readonly size: string | undefined;
  readonly aspectRatio: AspectRatio;
  readonly seconds: string | undefined;
  /** Where the caller wants to be told of the end. */
  readonly webhookUrl: string | undefined;
  /** Whether the answer is to wait for the video. */
  readonly wait: boolean;
}

/**
 * Reads a form or JSON.
 *
 * @throws InvalidRequestError naming the field.
 */
export async function readVideoBody(body: unknown): Promise<VideoAsked> {
  const read = readBody(videoBody, body instanceof MultipartBody ? await fieldsOf(body) : body);
  if (read.input_reference !== undefined && read.input_reference !== null) throw unsupportedReference();
  return {
    ...readShape(read.size),
    prompt: readPrompt(read.prompt),
    model: read.model || undefined,
    seconds: readSeconds(read.seconds),
    webhookUrl: read.webhook_url || undefined,
    wait: read.wait === true || read.wait === 'true',
  };
}

async function fieldsOf(body: MultipartBody): Promise<object> {
  const { fields, files } = await readForm(body);
  const reference = [...fields, ...files].find(([name]) => name.startsWith('input_reference'));
  return { ...Object.fromEntries(fields), ...(reference !== undefined && { input_reference: reference[0] }) };
}

function readShape(given: string | null | undefined): { readonly size: string | undefined; aspectRatio: AspectRatio } {
  const aspectRatio = readAspectRatio(given || defaultSize);
  if (aspectRatio !== undefined) return { size: given || undefined, aspectRatio };
  throw new InvalidRequestError("'size' must be pixels such as 1280x720, or one of 1:1, 4:3, 3:4, 16:9 and 9:16.", {
    param: 'size',
  });
}

function readSeconds(given: string | number | null | undefined): string | undefined {
  if (given === undefined || given === null || given === '') return undefined;
  const number = /^\d{1,3}$/.test(String(given)) ? Number(given) : Number.NaN;
  if (number >= 1 && number <= longestVideo) return String(number);
  throw new InvalidRequestError(`'seconds' must be a whole number from 1 to ${longestVideo}.`, { param: 'seconds' });
}

function unsupportedReference(): UnsupportedParameterError {
  return new UnsupportedParameterError(
    "'input_reference' is not taken: videos are made from a prompt only. Describe the picture in the prompt.",
    { param: 'input_reference' },
  );
}
