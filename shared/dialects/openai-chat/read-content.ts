import { UnsupportedParameterError } from '../../chat/errors/request-errors.ts';
import type { ContentPart } from '../../chat/request.ts';
import { readAddress, readAddressOrId, readAudio, readFile } from '../read-media.ts';
import type { ContentBody } from './message-body.ts';
import type { ContentPartBody } from './part-body.ts';

/**
 * Reads user content.
 *
 * @param path of the content in the body, as `messages[0].content`.
 * @throws InvalidRequestError naming the part that can't be taken.
 */
export function readContent(content: ContentBody, path: string): readonly ContentPart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return content.map((part, index) => readPart(part, `${path}[${index}]`));
}

/**
 * Reads content of which only text can be passed on: everybody's but the user's. Parts are separate paragraphs.
 *
 * @throws UnsupportedParameterError when a part is no text.
 */
export function readText(content: ContentBody, path: string): string {
  if (typeof content === 'string') return content;
  return content.map((part, index) => readTextPart(part, `${path}[${index}]`)).join('\n');
}

function readPart(part: ContentPartBody, path: string): ContentPart {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'refusal':
      return { type: 'text', text: part.refusal };
    case 'image':
      return { type: 'image', ...readAddress(part.image, `${path}.image`) };
    case 'input_image':
      return { type: 'image', ...readAddressOrId(part.image_url, part.file_id, path, 'image_url') };
    case 'image_url':
      return { type: 'image', ...readAddress(part.image_url, `${path}.image_url`) };
    case 'video':
      return { type: 'video', ...readAddress(part.video, `${path}.video`) };
    case 'input_video':
      return { type: 'video', ...readAddressOrId(part.video_url, part.file_id, path, 'video_url') };
    case 'video_url':
      return { type: 'video', ...readAddress(part.video_url, `${path}.video_url`) };
    case 'file':
      return readFile(part.file, `${path}.file`);
    case 'input_file':
      return readFile(part, path);
    case 'input_audio':
      return readAudio(part.input_audio, `${path}.input_audio.data`);
  }
}

function readTextPart(part: ContentPartBody, path: string): string {
  const read = readPart(part, path);
  if (read.type === 'text') return read.text;
  throw new UnsupportedParameterError(`'${path}' is no text. Other parts are taken in user messages only.`, {
    param: path,
  });
}
