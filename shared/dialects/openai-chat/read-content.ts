import { InvalidRequestError, UnsupportedParameterError } from '../../chat/errors/request-errors.ts';
import type { ContentPart } from '../../chat/request.ts';
import type { ContentBody, ContentPartBody } from './message-body.ts';

/**
 * Reads user content.
 *
 * @param path of the content in the body, as `messages[0].content`.
 * @throws UnsupportedParameterError for kinds of parts that the gateway can't pass on.
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
      return readImage(part.image, `${path}.image`);
    case 'image_url':
      return typeof part.image_url === 'string'
        ? readImage(part.image_url, `${path}.image_url`)
        : readImage(part.image_url.url, `${path}.image_url.url`);
    default:
      throw unsupportedPart(part.type, path);
  }
}

function readTextPart(part: ContentPartBody, path: string): string {
  const read = readPart(part, path);
  if (read.type === 'text') return read.text;
  throw new UnsupportedParameterError(`'${path}' is a picture. Pictures are taken in user messages only.`, {
    param: path,
  });
}

function readImage(url: string, path: string): ContentPart {
  if (/^(https?:\/\/|data:)/i.test(url)) return { type: 'image', url };
  throw new InvalidRequestError(`'${path}' must be an http(s) URL or a data URI.`, { param: path });
}

function unsupportedPart(type: string, path: string): UnsupportedParameterError {
  return new UnsupportedParameterError(`Content parts of type '${type}' are not supported. Send text or pictures.`, {
    param: path,
  });
}
