import { fileLimit, megabytes } from './limits.ts';
import { invalidMedia } from './media-errors.ts';

/** What a data URI holds. */
export interface DataUri {
  /** As the URI says, in lower case and without parameters; `''` when it says nothing. */
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** Characters before the comma; a media type with parameters needs a fraction. */
const longestHead = 300;
/** Both alphabets are taken, because Google's clients write the one for URLs. */
const foreignCharacter = /[^\w+/-]/;

/**
 * Decodes a data URI in base64, strictly: foreign characters, line breaks and cut-off ends are refused.
 *
 * @param field the client's name for it.
 * @throws InvalidMediaError
 */
export function readDataUri(uri: string, field: string): DataUri {
  const comma = uri.slice(0, longestHead).indexOf(',');
  if (comma === -1) throw invalidMedia(field, 'is no data URI: write it as data:image/png;base64,…');
  const [mediaType = '', ...parameters] = uri.slice('data:'.length, comma).toLowerCase().split(';');
  if (parameters.at(-1)?.trim() !== 'base64') throw invalidMedia(field, 'must be a data URI in base64.');
  const text = uri.slice(comma + 1);
  const body = text.slice(0, text.length - paddingOf(text));
  if (Math.floor((body.length * 3) / 4) > fileLimit) {
    throw invalidMedia(field, `is larger than ${megabytes(fileLimit)}.`);
  }
  const isPaddedRightly = body.length === text.length || text.length % 4 === 0;
  if (foreignCharacter.test(body) || body.length % 4 === 1 || !isPaddedRightly) {
    throw invalidMedia(field, 'is not valid base64.');
  }
  return { mediaType: mediaType.trim(), bytes: Buffer.from(body, 'base64') };
}

function paddingOf(text: string): number {
  if (text.endsWith('==')) return 2;
  return text.endsWith('=') ? 1 : 0;
}
