import { hash } from 'node:crypto';
import type { UploadFile, WholeFile } from '../chat/upload.ts';
import { fileName } from './file-name.ts';
import { type FileKind, type FileType, fileTypeOf } from './file-type.ts';
import { invalidMedia } from './media-errors.ts';

/** A file of a request, looked at. */
export type MediaFile = UploadFile & FileFacts;

interface FileFacts {
  readonly kind: FileKind;
  /** SHA-256 of the bytes; where nobody has seen them all, something else that no other bytes have. */
  readonly hash: string;
}

/** What somebody says that a file is. */
export interface FileClaim {
  /** `''` when nothing is said. */
  readonly mediaType: string;
  readonly name: string;
}

/** What a file is, and how it is called. */
export interface FileDescription {
  readonly kind: FileKind;
  readonly mediaType: string;
  readonly name: string;
}

/** Kinds by the beginning of a media type that says what a file is for. */
const claimedKind = /^(?:image|video|audio)(?=\/)/;

/**
 * Finds out what a file in memory is.
 *
 * @param field the client's name for it.
 * @throws InvalidMediaError when it is empty, of no kind that the upstream takes, or not what it is said to be.
 */
export function describeFile(bytes: Buffer, claim: FileClaim, field: string): WholeFile & FileFacts {
  return { ...describeBytes(bytes, claim, field), bytes, hash: hash('sha256', bytes) };
}

/**
 * Finds out what a file is by its bytes, or by as many of its first ones as there are at hand: those of films and sounds
 * tell at their beginning.
 *
 * @throws InvalidMediaError as `describeFile`.
 */
export function describeBytes(bytes: Buffer, claim: FileClaim, field: string): FileDescription {
  if (bytes.length === 0) throw invalidMedia(field, 'is empty.');
  const found = fileTypeOf(bytes, claim.name);
  if (found === undefined) {
    throw invalidMedia(field, 'is of no kind that Qwen takes: pictures, videos, sounds, PDF, Office files and text.');
  }
  const type = asClaimed(found, claim.mediaType, field);
  return { kind: type.kind, mediaType: type.mediaType, name: fileName(claim.name, type) };
}

/** A wrong name for the right kind is forgiven, as a JPEG that is called a PNG. Some forms hold sound as well as film. */
function asClaimed(found: FileType, mediaType: string, field: string): FileType {
  const claimed = claimedKind.exec(mediaType)?.[0];
  if (claimed === undefined || claimed === found.kind) return found;
  if (claimed === 'audio' && found.kind === 'video') return { ...found, kind: 'audio', mediaType };
  throw invalidMedia(field, `says ${mediaType}, and its bytes are ${found.mediaType}.`);
}
