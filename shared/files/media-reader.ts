import type { MediaPart } from '../chat/request.ts';
import { readDataUri } from './data-uri.ts';
import { describeFile, type MediaFile } from './describe-file.ts';
import type { WebFetcher } from './web-fetcher.ts';

/** Gets the bytes that media parts stand for. */
export class MediaReader {
  readonly #fetcher: WebFetcher;

  constructor(fetcher: WebFetcher) {
    this.#fetcher = fetcher;
  }

  /** @throws InvalidMediaError naming the client's field. */
  async read(part: MediaPart, signal: AbortSignal): Promise<MediaFile> {
    const field = fieldOf(part);
    const given = nameOf(part);
    if (part.bytes !== undefined) return describeFile(part.bytes, { mediaType: '', name: given }, field);
    if (/^data:/i.test(part.url)) {
      const { bytes, mediaType } = readDataUri(part.url, field);
      return describeFile(bytes, { mediaType, name: given }, field);
    }
    const { bytes, name } = await this.#fetcher.fetch(part.url, field, signal);
    // What servers say of their files is not worth much.
    return describeFile(bytes, { mediaType: '', name: given || name }, field);
  }
}

/** The client's name for a part. */
export function fieldOf({ field = 'messages' }: MediaPart): string {
  return field;
}

/** What the client calls the file; `''` when it does not say. */
export function nameOf(part: MediaPart): string {
  return (part.type === 'file' && part.name) || '';
}
