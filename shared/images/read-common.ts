import { InvalidRequestError, UnsupportedParameterError } from '../chat/errors/request-errors.ts';
import { compilePrompt } from './compile-prompt.ts';
import type { ImageOrder, PictureLook } from './image-order.ts';
import { presetOf } from './model-presets.ts';
import type { CommonBody } from './order-body.ts';
import { readSize } from './read-size.ts';

/** More would keep the caller waiting for the accounts that make one after another. */
const mostPictures = 4;
const detailedQualities: ReadonlySet<string> = new Set(['hd', 'high', 'xhigh', 'max']);

/**
 * Reads what requests for new and for changed pictures share.
 *
 * @param prompt the caller's words.
 * @param defaultModel the gateway's.
 * @throws InvalidRequestError naming the field; UnsupportedParameterError for what no picture of the upstream's can have.
 */
export function readCommon(
  body: CommonBody,
  prompt: string,
  defaultModel: string,
): Omit<ImageOrder, 'kind' | 'pictures'> {
  const preset = presetOf(body.model || defaultModel);
  checkPrompt(prompt, preset.promptLimit);
  const isDetailed = preset.isDetailed === true || detailedQualities.has(body.quality ?? '');
  const compiled = compilePrompt(prompt, body, isDetailed);
  const { largest, ...shape } = readSize(body.size);
  const stream = body.stream ?? false;
  return {
    model: preset.isQwen ? body.model || defaultModel : defaultModel,
    prompt: compiled,
    isRevised: compiled !== prompt,
    count: readWithin(body.n, 'n', 1, mostPictures) ?? 1,
    ...shape,
    look: { ...readLook(body), ...(largest && { largest }) },
    // The events of a stream have no place for a URL.
    form: stream ? 'b64_json' : (body.response_format ?? preset.form),
    stream,
    quality: isDetailed ? 'high' : 'auto',
    background: body.background === 'opaque' ? 'opaque' : 'auto',
  };
}

function checkPrompt(prompt: string, limit: number): void {
  if (prompt.trim() === '') throw new InvalidRequestError("'prompt' must not be empty.", { param: 'prompt' });
  if (prompt.length <= limit) return;
  throw new InvalidRequestError(
    `'prompt' has ${prompt.length} characters; this model's pictures are described in up to ${limit}.`,
    { param: 'prompt' },
  );
}

function readLook({ output_format: format, output_compression: compression, background }: CommonBody): PictureLook {
  if (background === 'transparent') {
    throw new UnsupportedParameterError("Qwen's pictures have no transparent background. Ask for 'opaque' or 'auto'.", {
      param: 'background',
    });
  }
  const quality = readWithin(compression, 'output_compression', 0, 100);
  return {
    isOpaque: background === 'opaque',
    ...(format && { format }),
    ...(quality !== undefined && { quality }),
  };
}

function readWithin(value: number | null | undefined, field: string, least: number, most: number): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (value >= least && value <= most) return value;
  throw new InvalidRequestError(`'${field}' must be from ${least} to ${most}, not ${value}.`, { param: field });
}
