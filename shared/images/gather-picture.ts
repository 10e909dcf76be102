import type { ChatEvents, ImageEvent } from '../chat/event.ts';
import { pictureInText } from '../chat/picture-in-text.ts';
import type { Usage } from '../chat/usage.ts';
import { PictureMissingError } from './picture-errors.ts';

/** A picture as the upstream has made it. */
export interface MadePicture {
  readonly urls: readonly [first: string, ...others: string[]];
  readonly usage: Usage | undefined;
}

/** Characters of the model's words that an error repeats. */
const longestQuote = 300;

/**
 * Reads an answer to its end for the one picture that was asked for.
 *
 * @throws PictureMissingError with the model's words, when there is none; what `events` throws.
 */
export async function gatherPicture(events: ChatEvents): Promise<MadePicture> {
  let image: ImageEvent | undefined;
  let usage: Usage | undefined;
  let text = '';
  for await (const batch of events) {
    for (const event of batch) {
      if (event.type === 'image') image ??= event;
      if (event.type === 'text-delta') text += event.text;
      if (event.type === 'usage') usage = event.usage;
    }
  }
  const url = image?.url ?? pictureInText(text);
  if (url === undefined) throw missing(text.trim());
  const original = image?.originalUrl;
  return { urls: original === undefined ? [url] : [url, original], usage };
}

function missing(words: string): PictureMissingError {
  if (words === '') return new PictureMissingError('Qwen answered without a picture, and without a word.');
  const quote = words.length > longestQuote ? `${words.slice(0, longestQuote)}…` : words;
  return new PictureMissingError(`Qwen answered without a picture: “${quote}”`);
}
