import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { ImagePart } from '../../chat/request.ts';
import { storedSource } from '../../chat/stored-source.ts';
import type { ImageSourceBody } from './block-body.ts';

/**
 * Reads the source of a picture.
 *
 * @param path of the source in the body.
 * @throws InvalidRequestError naming the field.
 */
export function readImage(source: ImageSourceBody, path: string): ImagePart {
  switch (source.type) {
    case 'base64':
      return { type: 'image', url: dataUri(source.media_type, source.data), field: `${path}.data` };
    case 'url':
      return { type: 'image', url: checkedUrl(source.url, `${path}.url`), field: `${path}.url` };
    case 'file':
      return { type: 'image', ...storedSource(source.file_id, `${path}.file_id`) };
  }
}

/** What a base64 source holds, as a data URI. */
export function dataUri(mediaType: string, data: string): string {
  return `data:${mediaType};base64,${data}`;
}

/** @throws InvalidRequestError when it is no address on the web. */
export function checkedUrl(url: string, path: string): string {
  if (/^(https?:\/\/|data:)/i.test(url)) return url;
  throw new InvalidRequestError(`'${path}' must be an http(s) URL or a data URI.`, { param: path });
}
