import type { Readable } from 'node:stream';

/** What is said of a file before its bytes move. */
export interface AnnouncedFile {
  /** Without folders, with an extension that fits the type. */
  readonly name: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
}

/** A file on its way to an upstream: whole in memory, or read while it is sent. Its `mediaType` says what the bytes are. */
export type UploadFile = WholeFile | StreamedFile;

export interface WholeFile extends Omit<AnnouncedFile, 'size'> {
  readonly bytes: Buffer;
}

/** A file that is too large to be held in memory. */
export interface StreamedFile extends AnnouncedFile {
  /** Begins to read it; may be called again for another try. */
  open(signal: AbortSignal): Promise<Readable>;
}

export function isWhole(file: UploadFile): file is WholeFile {
  return 'bytes' in file;
}

/** Bytes of a file. */
export function sizeOf(file: UploadFile): number {
  return isWhole(file) ? file.bytes.length : file.size;
}

/** A file that an account of an upstream holds. */
export interface UploadedFile {
  /** The upstream's own words for it, as plain JSON. They mean nothing to anybody else, and nothing to other accounts. */
  readonly reference: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds until which requests may refer to it. */
  readonly usableUntil: number;
}

/** The right to put one file, of one size and one type, into an account's storage. It is worth nothing for anything else. */
export interface UploadGrant extends UploadedFile {
  readonly method: 'PUT';
  readonly url: string;
  /** All of them are to be sent as they are: they are signed, but for `content-length` in the older form. */
  readonly headers: Readonly<Record<string, string>>;
  /** Epoch milliseconds until which the storage takes the file. */
  readonly expiresAt: number;
  /** Where the file can be read once it is there, for a while and by everybody who has the address. */
  readonly fileUrl: string;
  /** The place in the storage, as clients of its own want it told. */
  readonly storage: {
    readonly bucket: string;
    readonly region: string;
    readonly endpoint: string;
    /** The object's key. */
    readonly path: string;
  };
}

/** How a grant is signed. The older version can't bind the size, and so binds the very bytes, by their MD5 in base64. */
export type GrantForm =
  | { readonly signatureVersion: 'v4'; readonly md5?: string | undefined }
  | { readonly signatureVersion: 'v1'; readonly md5: string };

/** The files that an account holds of one request, by the `url` of their parts. */
export type Uploads = ReadonlyMap<string, UploadedFile>;
