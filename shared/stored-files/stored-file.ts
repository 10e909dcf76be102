/** What clients say that a file is for (client-apis C.1). It changes nothing here. */
export const filePurposes = ['assistants', 'batch', 'fine-tune', 'vision', 'user_data', 'evals'] as const;

export type FilePurpose = (typeof filePurposes)[number];

/** `pending`: announced, and perhaps not there yet. */
export type FileStatus = 'pending' | 'uploaded';

/** Where the bytes of a file lie. */
export type FilePlace =
  | { readonly type: 'bucket'; readonly key: string }
  | {
      readonly type: 'account';
      /** No other account can use it. */
      readonly accountId: string;
      /** The upstream's own words for it; see `UploadedFile`. */
      readonly reference: Readonly<Record<string, unknown>>;
    };

/** One file of a caller, in the owner's bucket or in an account's storage. */
export interface StoredFile {
  readonly id: string;
  /** As the client calls it. */
  readonly name: string;
  readonly bytes: number;
  readonly purpose: FilePurpose;
  /** As the client says; may be `''`. What the file is, is found out by its bytes when it is used. */
  readonly mediaType: string;
  /** Of the bytes, in hex, when the gateway has seen them all. */
  readonly sha256?: string | undefined;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. From then on there is no such file, whatever DynamoDB still holds. */
  readonly expiresAt: number;
  readonly status: FileStatus;
  readonly place: FilePlace;
}

/** What may change of a file. */
export interface FileChange {
  readonly status: FileStatus;
  readonly sha256?: string | undefined;
}
