import type { FilePurpose } from './stored-file.ts';

export type UploadStatus = 'pending' | 'completed' | 'cancelled';

/** What a client announces before it sends parts. */
export interface UploadPlan {
  readonly name: string;
  /** Of the whole. */
  readonly bytes: number;
  readonly purpose: FilePurpose;
  /** As the client says. */
  readonly mediaType: string;
  /** Seconds that the file is to live; `undefined` when it is left open. */
  readonly lifetime?: number | undefined;
}

/** How an upload became a file. */
export interface UploadOutcome {
  /** Of the file in the bucket. */
  readonly key: string;
  /** Of its bytes, in hex. */
  readonly sha256: string;
  /** Of the order of the parts: completing it again in the same way finds the same file. */
  readonly fingerprint: string;
  /** Epoch milliseconds. */
  readonly completedAt: number;
}

/** A file on its way in parts. */
export interface PartedUpload extends UploadPlan {
  readonly id: string;
  /** The file's, from the beginning: completing twice makes one file. */
  readonly fileId: string;
  readonly status: UploadStatus;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds until which parts are taken. */
  readonly expiresAt: number;
  readonly outcome?: UploadOutcome | undefined;
}

/** One part that has come. */
export interface UploadPart {
  readonly id: string;
  readonly bytes: number;
}
