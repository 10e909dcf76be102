import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { describeBytes, describeFile, type MediaFile } from '../files/describe-file.ts';
import { fileLimit, kindLimits, megabytes } from '../files/limits.ts';
import { invalidMedia } from '../files/media-errors.ts';
import type { ObjectReader } from '../objects/object-reader.ts';
import { objectStoreUnavailable } from '../objects/object-store-errors.ts';
import type { StoredFile } from './stored-file.ts';

export type StoredObjectReader = Pick<ObjectReader, 'open'>;

/** Which file is wanted, and how the client calls it. */
export interface AskedObject {
  readonly file: StoredFile;
  /** In the bucket. */
  readonly key: string;
  readonly name: string;
  /** The client's name for the id. */
  readonly field: string;
}

/** First bytes of a large file, of which its kind is told. */
const headLength = 64 * 1024;

/**
 * Reads a file of the bucket: a small one into memory, of a large one its beginning, so that the rest is read while it is
 * sent on.
 *
 * @returns `undefined` when it is not there, or of another size than its row says.
 * @throws InvalidMediaError when it is none that the upstream takes.
 */
export async function openStoredObject(
  objects: StoredObjectReader,
  asked: AskedObject,
  signal: AbortSignal,
): Promise<MediaFile | undefined> {
  if (asked.file.bytes > kindLimits.video) throw tooLarge(asked.field, kindLimits.video);
  return asked.file.bytes > fileLimit ? openLarge(objects, asked, signal) : readSmall(objects, asked, signal);
}

async function readSmall(
  objects: StoredObjectReader,
  { file, key, name, field }: AskedObject,
  signal: AbortSignal,
): Promise<MediaFile | undefined> {
  const opened = await objects.open(key, signal);
  if (opened === undefined) return undefined;
  if (opened.size !== file.bytes) {
    opened.stream.destroy();
    return undefined;
  }
  const bytes = await readWhole(opened.stream, signal);
  return describeFile(bytes, { mediaType: file.mediaType, name }, field);
}

async function openLarge(
  objects: StoredObjectReader,
  { file, key, name, field }: AskedObject,
  signal: AbortSignal,
): Promise<MediaFile | undefined> {
  const head = await objects.open(key, signal, { range: { start: 0, end: headLength - 1 } });
  if (head === undefined) return undefined;
  const size = wholeSize(head.stream.headers['content-range']);
  const bytes = wholeCharacters(await readWhole(head.stream, signal));
  if (size !== file.bytes) return undefined;
  const described = describeBytes(bytes, { mediaType: file.mediaType, name }, field);
  const limit = kindLimits[described.kind];
  if (size > limit) throw tooLarge(field, limit);
  const open = async (cancel: AbortSignal): Promise<Readable> => {
    const opened = await objects.open(key, cancel);
    if (opened !== undefined) return opened.stream;
    throw objectStoreUnavailable(new Error(`The object of ${file.id} is gone.`));
  };
  return { ...described, size, open, hash: file.sha256 ?? file.id };
}

async function readWhole(stream: IncomingMessage, signal: AbortSignal): Promise<Buffer> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of stream) pieces.push(piece);
  } catch (error) {
    signal.throwIfAborted();
    throw objectStoreUnavailable(error);
  }
  return Buffer.concat(pieces);
}

/** A text is not to look broken because its beginning ends within a character. */
function wholeCharacters(bytes: Buffer): Buffer {
  const end = bytes.findLastIndex((byte) => byte < 0x80 || byte >= 0xc0);
  return (bytes[end] ?? 0) < 0x80 ? bytes : bytes.subarray(0, end);
}

/** As `bytes 0-99/1234` tells it. */
function wholeSize(contentRange: string | undefined): number {
  return Number(/\/(\d+)$/.exec(contentRange ?? '')?.[1] ?? Number.NaN);
}

function tooLarge(field: string, limit: number): Error {
  return invalidMedia(field, `names a file that is larger than ${megabytes(limit)}.`);
}
