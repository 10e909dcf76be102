/** A file on its way to an upstream, whole in memory. */
export interface UploadFile {
  /** Without folders, with an extension that fits the type. */
  readonly name: string;
  /** What the bytes are, whatever the client said. */
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** A file that an account of an upstream holds. */
export interface UploadedFile {
  /** The upstream's own words for it, as plain JSON. They mean nothing to anybody else, and nothing to other accounts. */
  readonly reference: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds until which requests may refer to it. */
  readonly usableUntil: number;
}

/** The files that an account holds of one request, by the `url` of their parts. */
export type Uploads = ReadonlyMap<string, UploadedFile>;
