import { mediaOf } from '../chat/media-of.ts';
import { messagesToSend } from '../chat/new-messages.ts';
import type { MediaPart } from '../chat/request.ts';
import { isWhole } from '../chat/upload.ts';
import type { ChatUpstream, ResolvedChatRequest } from '../chat/upstream.ts';
import type { AccountFiles } from '../files/account-files.ts';
import { atOnce, megabytes, requestLimit } from '../files/limits.ts';
import { mapLimited } from '../files/map-limited.ts';
import { invalidMedia } from '../files/media-errors.ts';
import { fieldOf, type MediaReader } from '../files/media-reader.ts';
import { FileNotFoundError } from '../stored-files/file-errors.ts';
import type { StoredMedia, StoredMedium } from '../stored-files/stored-media.ts';
import { checkKind, refuseBlind, refuseTooMany } from './media-checks.ts';
import { type OpenMedia, type OpenMedium, openMedia } from './open-media.ts';

export interface RequestMediaOptions {
  readonly upstream: Pick<ChatUpstream, 'holds'>;
  readonly reader: MediaReader;
  readonly files: AccountFiles;
  /** Finds files by their ids; without it there are none. */
  readonly stored?: Pick<StoredMedia, 'open'>;
}

/** Brings pictures, videos and documents from messages to accounts. */
export class RequestMedia {
  readonly #options: RequestMediaOptions;

  constructor(options: RequestMediaOptions) {
    this.#options = options;
  }

  /**
   * Gets and checks all media of the messages that will be sent; no account is needed for that.
   *
   * @param callerId whose files are found by their ids; nobody's when absent.
   * @throws InvalidRequestError naming the client's field.
   */
  async open(request: ResolvedChatRequest, signal: AbortSignal, callerId?: string): Promise<OpenMedia> {
    const parts = messagesToSend(request).flatMap(mediaOf);
    const { upstream, files } = this.#options;
    if (parts.length === 0) return openMedia([], files);
    refuseTooMany(parts);
    for (const part of parts) refuseBlind(part.type, part, request);
    const unheld = parts.filter((part) => !upstream.holds(part));
    const media = await readAll(unheld, (part) => this.#read(part, signal, callerId));
    const kinds = new Map(media.map(({ url, medium }) => [url, ('file' in medium ? medium.file : medium.held).kind]));
    for (const part of unheld) checkKind(part, kinds.get(part.url), request);
    return openMedia(media, files);
  }

  async #read(part: MediaPart, signal: AbortSignal, callerId: string | undefined): Promise<StoredMedium> {
    const { reader, stored } = this.#options;
    if (part.fileId === undefined) return { file: await reader.read(part, signal) };
    if (stored !== undefined && callerId !== undefined) return stored.open(part, callerId, signal);
    throw new FileNotFoundError(part.fileId, fieldOf(part));
  }
}

/** Reads each address once, however often it comes. */
async function readAll(
  parts: readonly MediaPart[],
  read: (part: MediaPart) => Promise<StoredMedium>,
): Promise<readonly OpenMedium[]> {
  const distinct = [...new Map(parts.map((part) => [part.url, part])).values()];
  let bytes = 0;
  return mapLimited(distinct, atOnce, async (part) => {
    const field = fieldOf(part);
    const medium = await read(part);
    if ('file' in medium && isWhole(medium.file)) bytes += medium.file.bytes.length;
    if (bytes > requestLimit) throw invalidMedia(field, `makes the files larger than ${megabytes(requestLimit)}.`);
    return { url: part.url, field, medium };
  });
}
