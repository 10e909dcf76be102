import { hash } from 'node:crypto';
import type { MediaPart } from '../chat/request.ts';
import type { UploadFile } from '../chat/upload.ts';
import { readDataUri } from './data-uri.ts';
import { fileName } from './file-name.ts';
import { type FileKind, type FileType, fileTypeOf } from './file-type.ts';
import { invalidMedia } from './media-errors.ts';
import type { WebFetcher } from './web-fetcher.ts';

/** A file of a request, fetched or decoded, and looked at. */
export interface MediaFile extends UploadFile {
  readonly kind: FileKind;
  /** SHA-256 of the bytes. */
  readonly hash: string;
}

/** What somebody says that a file is. */
interface Claim {
  /** `''` when nothing is said. */
  readonly mediaType: string;
  readonly name: string;
}

/** Kinds by the beginning of a media type that says what a file is for. */
const claimedKind = /^(?:image|video|audio)(?=\/)/;

/** Gets the bytes that media parts stand for. */
export class MediaReader {
  readonly #fetcher: WebFetcher;

  constructor(fetcher: WebFetcher) {
    this.#fetcher = fetcher;
  }

  /** @throws InvalidMediaError naming the client's field. */
  async read(part: MediaPart, signal: AbortSignal): Promise<MediaFile> {
    const field = fieldOf(part);
    const given = (part.type === 'file' && part.name) || '';
    if (part.bytes !== undefined) return describe(part.bytes, { mediaType: '', name: given }, field);
    if (/^data:/i.test(part.url)) {
      const { bytes, mediaType } = readDataUri(part.url, field);
      return describe(bytes, { mediaType, name: given }, field);
    }
    const { bytes, name } = await this.#fetcher.fetch(part.url, field, signal);
    // What servers say of their files is not worth much.
    return describe(bytes, { mediaType: '', name: given || name }, field);
  }
}

/** The client's name for a part. */
export function fieldOf({ field = 'messages' }: MediaPart): string {
  return field;
}

function describe(bytes: Buffer, claim: Claim, field: string): MediaFile {
  if (bytes.length === 0) throw invalidMedia(field, 'is empty.');
  const found = fileTypeOf(bytes, claim.name);
  if (found === undefined) {
    throw invalidMedia(field, 'is of no kind that Qwen takes: pictures, videos, sounds, PDF, Office files and text.');
  }
  const type = asClaimed(found, claim.mediaType, field);
  return {
    bytes,
    kind: type.kind,
    mediaType: type.mediaType,
    name: fileName(claim.name, type),
    hash: hash('sha256', bytes),
  };
}

/** A wrong name for the right kind is forgiven, as a JPEG that is called a PNG. Some forms hold sound as well as film. */
function asClaimed(found: FileType, mediaType: string, field: string): FileType {
  const claimed = claimedKind.exec(mediaType)?.[0];
  if (claimed === undefined || claimed === found.kind) return found;
  if (claimed === 'audio' && found.kind === 'video') return { ...found, kind: 'audio', mediaType };
  throw invalidMedia(field, `says ${mediaType}, and its bytes are ${found.mediaType}.`);
}
