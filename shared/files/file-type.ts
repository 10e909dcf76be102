import { containerType } from './container-type.ts';
import { textType } from './text-type.ts';

/** What can be done with a file: looked at, watched, heard, or read. */
export type FileKind = 'image' | 'video' | 'audio' | 'document';

export interface FileType {
  readonly kind: FileKind;
  readonly mediaType: string;
  /** With its dot. */
  readonly extension: string;
}

/** A file's first bytes, as the characters with these codes. */
type Signature = readonly [beginning: string, type: FileType];

const image = (name: string): FileType => ({ kind: 'image', mediaType: `image/${name}`, extension: `.${name}` });
const mp3: FileType = { kind: 'audio', mediaType: 'audio/mpeg', extension: '.mp3' };
const aac: FileType = { kind: 'audio', mediaType: 'audio/aac', extension: '.aac' };

const signatures: readonly Signature[] = [
  ['\x89PNG\r\n\x1a\n', image('png')],
  ['\xff\xd8\xff', { kind: 'image', mediaType: 'image/jpeg', extension: '.jpg' }],
  ['GIF87a', image('gif')],
  ['GIF89a', image('gif')],
  ['%PDF-', { kind: 'document', mediaType: 'application/pdf', extension: '.pdf' }],
  ['{\\rtf', { kind: 'document', mediaType: 'application/rtf', extension: '.rtf' }],
  ['OggS', { kind: 'audio', mediaType: 'audio/ogg', extension: '.ogg' }],
  ['fLaC', { kind: 'audio', mediaType: 'audio/flac', extension: '.flac' }],
  ['ID3', mp3],
  ['\xff\xfb', mp3],
  ['\xff\xf3', mp3],
  ['\xff\xf2', mp3],
  ['\xff\xf1', aac],
  ['\xff\xf9', aac],
];

/**
 * Finds out what a file is by its bytes alone: what a client or a server says of them proves nothing.
 *
 * @param name as the client calls it: tells apart what has the same bytes, as kinds of text.
 * @returns `undefined` for what the upstream would not take.
 */
export function fileTypeOf(bytes: Buffer, name: string): FileType | undefined {
  const head = bytes.toString('latin1', 0, 16);
  const [, found] = signatures.find(([beginning]) => head.startsWith(beginning)) ?? [];
  return found ?? bitmapType(bytes) ?? containerType(bytes, name) ?? textType(bytes, name);
}

/** Two letters are no proof, so the size of the header that follows the first counts too. */
function bitmapType(bytes: Buffer): FileType | undefined {
  const isBitmap = bytes.length > 26 && bytes.toString('latin1', 0, 2) === 'BM' && bytes.readUInt32LE(6) === 0;
  return isBitmap && bytes.readUInt32LE(14) <= 124 ? image('bmp') : undefined;
}
