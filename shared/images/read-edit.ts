import { InvalidRequestError, UnsupportedParameterError } from '../chat/errors/request-errors.ts';
import type { ImagePart } from '../chat/request.ts';
import { storedSource } from '../chat/stored-source.ts';
import { readBody } from '../dialects/read-body.ts';
import { readAddress } from '../dialects/read-media.ts';
import { MultipartBody } from '../http/multipart-body.ts';
import { readForm } from '../http/read-form.ts';
import { bodyOfForm, picturesOfForm } from './form-body.ts';
import type { ImageOrder } from './image-order.ts';
import { type EditBody, editBody } from './order-body.ts';
import { readCommon } from './read-common.ts';

/** What is asked for when a request only has pictures. */
const defaultPrompt = 'Make a better version of this picture, with the same content.';

/**
 * Reads the body of `POST /v1/images/edits`, JSON or a form.
 *
 * @throws InvalidRequestError naming the field; UnsupportedParameterError for a mask.
 */
export async function readEdit(body: unknown, defaultModel: string): Promise<ImageOrder> {
  const form = body instanceof MultipartBody ? await readForm(body) : undefined;
  const read = readBody(editBody, form === undefined ? body : bodyOfForm(form));
  if (read.mask !== undefined && read.mask !== null) {
    throw new UnsupportedParameterError("Qwen takes no mask: say in 'prompt' which part of the picture to change.", {
      param: 'mask',
    });
  }
  const pictures = [...(form === undefined ? [] : picturesOfForm(form)), ...readPictures(read)];
  if (pictures.length === 0) {
    throw new InvalidRequestError("'image' is missing: send a file, an http(s) URL or a data URI.", { param: 'image' });
  }
  return { kind: 'image_edit', ...readCommon(read, read.prompt || defaultPrompt, defaultModel), pictures };
}

function readPictures({ image, images }: EditBody): readonly ImagePart[] {
  const single = typeof image === 'string' ? [partOf(image, 'image')] : [];
  const several = Array.isArray(image) ? image.map((address, index) => partOf(address, `image[${index}]`)) : [];
  const listed = (images ?? []).map((entry, index): ImagePart => {
    const field = `images[${index}]`;
    if (typeof entry === 'string') return partOf(entry, field);
    if (entry.file_id) return { type: 'image', ...storedSource(entry.file_id, `${field}.file_id`) };
    return partOf(entry.image_url, `${field}.image_url`);
  });
  return [...single, ...several, ...listed];
}

function partOf(address: Parameters<typeof readAddress>[0], field: string): ImagePart {
  return { type: 'image', ...readAddress(address, field) };
}
