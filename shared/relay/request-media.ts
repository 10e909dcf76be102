import { InvalidRequestError, UnsupportedParameterError } from '../chat/errors/request-errors.ts';
import { mediaOf } from '../chat/media-of.ts';
import { messagesToSend } from '../chat/new-messages.ts';
import type { MediaPart } from '../chat/request.ts';
import type { Uploads } from '../chat/upload.ts';
import type { ChatUpstream, ResolvedChatRequest } from '../chat/upstream.ts';
import type { AccountFiles, Holder, Uploader } from '../files/account-files.ts';
import type { FileKind } from '../files/file-type.ts';
import { atOnce, megabytes, partLimit, requestLimit } from '../files/limits.ts';
import { mapLimited } from '../files/map-limited.ts';
import { invalidMedia } from '../files/media-errors.ts';
import { fieldOf, type MediaFile, type MediaReader } from '../files/media-reader.ts';

export interface RequestMediaOptions {
  readonly upstream: Pick<ChatUpstream, 'holds'>;
  readonly reader: MediaReader;
  readonly files: AccountFiles;
}

/** The media of one request, fetched and checked. */
export interface OpenMedia {
  /** Gives an account the files that it has not. @throws UpstreamError */
  uploadTo(holder: Holder, upstream: Uploader, signal: AbortSignal): Promise<Uploads>;
}

const none: Uploads = new Map();
const noMedia: OpenMedia = { uploadTo: async () => none };

/** Brings pictures, videos and documents from messages to accounts. */
export class RequestMedia {
  readonly #options: RequestMediaOptions;

  constructor(options: RequestMediaOptions) {
    this.#options = options;
  }

  /**
   * Gets and checks all media of the messages that will be sent; no account is needed for that.
   *
   * @throws InvalidRequestError naming the client's field.
   */
  async open(request: ResolvedChatRequest, signal: AbortSignal): Promise<OpenMedia> {
    const parts = messagesToSend(request).flatMap(mediaOf);
    if (parts.length === 0) return noMedia;
    refuseTooMany(parts);
    for (const part of parts) refuseBlind(part.type, part, request);
    const { upstream, reader, files } = this.#options;
    const unheld = parts.filter((part) => !upstream.holds(part));
    const opened = await readAll(unheld, (part) => reader.read(part, signal));
    for (const part of unheld) checkKind(part, opened.get(part.url)?.kind, request);
    return {
      uploadTo: async (holder, uploader, cancel) => {
        const entries = [...opened];
        const held = await mapLimited(entries, atOnce, async ([url, file]) => {
          return [url, await files.hold(file, holder, uploader, cancel)] as const;
        });
        return new Map(held);
      },
    };
  }
}

/** Reads each address once, however often it comes. */
async function readAll(
  parts: readonly MediaPart[],
  read: (part: MediaPart) => Promise<MediaFile>,
): Promise<ReadonlyMap<string, MediaFile>> {
  const distinct = [...new Map(parts.map((part) => [part.url, part])).values()];
  let bytes = 0;
  const files = await mapLimited(distinct, atOnce, async (part) => {
    const file = await read(part);
    bytes += file.bytes.length;
    if (bytes > requestLimit)
      throw invalidMedia(fieldOf(part), `makes the files larger than ${megabytes(requestLimit)}.`);
    return [part.url, file] as const;
  });
  return new Map(files);
}

function refuseTooMany(parts: readonly MediaPart[]): void {
  const [tooMany] = parts.slice(partLimit);
  if (tooMany === undefined) return;
  throw new InvalidRequestError(`At most ${partLimit} pictures, videos and files are taken; leave older ones out.`, {
    param: fieldOf(tooMany),
  });
}

/** @throws UnsupportedParameterError when the model can't look at pictures and films, or makes pictures out of pictures only. */
function refuseBlind(kind: MediaPart['type'] | FileKind, part: MediaPart, request: ResolvedChatRequest): void {
  const { target, output = 'text' } = request;
  if (output !== 'text') refuseNoPicture(kind, part);
  if (output !== 'text' || (kind !== 'image' && kind !== 'video') || target.capabilities.vision) return;
  throw new UnsupportedParameterError(`The model ${target.id} can't look at pictures or videos. Ask one that can.`, {
    param: fieldOf(part),
  });
}

/** Whether the model changes pictures was asked before. */
function refuseNoPicture(kind: MediaPart['type'] | FileKind, part: MediaPart): void {
  if (kind === 'image') return;
  throw new UnsupportedParameterError('Pictures are made of words and other pictures only.', { param: fieldOf(part) });
}

/** Clients send all kinds of files as files, but nothing else as a picture or a video. */
function checkKind(part: MediaPart, kind: FileKind | undefined, request: ResolvedChatRequest): void {
  if (kind === undefined) return;
  if (part.type === 'image' && kind !== 'image') throw invalidMedia(fieldOf(part), 'is no picture.');
  if (part.type === 'video' && kind !== 'video') throw invalidMedia(fieldOf(part), 'is no video.');
  refuseBlind(kind, part, request);
}
