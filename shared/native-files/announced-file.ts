import type { AnnouncedFile } from '../chat/upload.ts';
import { fileName } from '../files/file-name.ts';
import { kindLimits, megabytes } from '../files/limits.ts';
import { invalidMedia } from '../files/media-errors.ts';
import { kindOfType, typeByName } from '../files/type-by-name.ts';

/** What a client says of a file that it is about to upload. */
export interface Announcement {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** A media type, or one of the site's words for a kind of file; `''` when nothing is said. */
  readonly type: string;
}

/** The client's names for these fields. */
export interface AnnouncementFields {
  readonly size: string;
  readonly type: string;
}

const mediaTypeForm = /^[a-z]+\/[a-z0-9][a-z0-9.+-]{0,100}$/;
/** The site's words for kinds of files (qwen-web §6.1). */
const kindWords: ReadonlySet<string> = new Set(['', 'image', 'video', 'audio', 'file', 'document']);

/**
 * Checks what is said of a file before its bytes are there.
 *
 * @throws InvalidMediaError naming the client's field.
 */
export function readAnnouncement({ name, size, type }: Announcement, fields: AnnouncementFields): AnnouncedFile {
  const mediaType = mediaTypeOf(name, type.toLowerCase(), fields.type);
  const kind = kindOfType(mediaType);
  const limit = kindLimits[kind];
  if (size > limit) {
    throw invalidMedia(fields.size, `is ${size} bytes; the site takes ${megabytes(limit)} of this kind (${kind}).`);
  }
  return { name: fileName(name, { kind, mediaType, extension: '' }), mediaType, size };
}

/** A word for a kind says less than the name's ending, and must not contradict it. */
function mediaTypeOf(name: string, type: string, field: string): string {
  if (!kindWords.has(type)) {
    if (mediaTypeForm.test(type)) return type;
    throw invalidMedia(field, 'must be a media type, as video/mp4.');
  }
  const found = typeByName(name);
  const wanted = type === 'file' ? 'document' : type;
  if (found === undefined && (wanted === '' || wanted === 'document')) return 'application/octet-stream';
  if (found !== undefined && (wanted === '' || kindOfType(found) === wanted)) return found;
  throw invalidMedia(field, `does not fit the name '${name.slice(0, 100)}': say the media type, as video/mp4.`);
}
