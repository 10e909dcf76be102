import type { MediaPart } from '../chat/request.ts';
import type { UploadedFile } from '../chat/upload.ts';
import type { MediaFile } from '../files/describe-file.ts';
import type { FileKind } from '../files/file-type.ts';
import { fieldOf, nameOf } from '../files/media-reader.ts';
import { FileNotFoundError, FileNotUploadedError } from './file-errors.ts';
import type { FileRows } from './file-rows.ts';
import type { StoredFile } from './stored-file.ts';
import { isFileId } from './stored-ids.ts';
import { openStoredObject, type StoredObjectReader } from './stored-object.ts';

/** A file that lies in an account's storage already, so that no other account can use it. */
export interface AccountFile {
  readonly accountId: string;
  readonly kind: FileKind;
  readonly uploaded: UploadedFile;
  /** Nobody has seen yet whether it is there: asks, and remembers a yes. @throws FileNotUploadedError after a no. */
  readonly confirm?: (look: () => Promise<boolean>) => Promise<void>;
}

/** What a file by id is for a request: bytes that any account may get, or a file that one account has. */
export type StoredMedium = { readonly file: MediaFile } | { readonly held: AccountFile };

export interface StoredMediaOptions {
  readonly rows: FileRows;
  readonly objects: StoredObjectReader;
}

/** Finds the files that messages name by their ids. */
export class StoredMedia {
  readonly #options: StoredMediaOptions;

  constructor(options: StoredMediaOptions) {
    this.#options = options;
  }

  /**
   * Gets ready what a part points at.
   *
   * @param callerId whose file it must be.
   * @throws FileNotFoundError, FileNotUploadedError, InvalidMediaError naming the client's field; StoreUnavailableError,
   *   ObjectStoreUnavailableError
   */
  async open(part: MediaPart, callerId: string, signal: AbortSignal): Promise<StoredMedium> {
    const { fileId = '' } = part;
    const field = fieldOf(part);
    const row = isFileId(fileId) ? await this.#options.rows.find(callerId, fileId) : undefined;
    if (row === undefined) throw new FileNotFoundError(fileId, field);
    if (row.place.type === 'account') return { held: this.#accountFile(row, row.place, callerId, field) };
    const asked = { file: row, key: row.place.key, name: nameOf(part) || row.name, field };
    const file = await openStoredObject(this.#options.objects, asked, signal);
    if (file === undefined) throw new FileNotUploadedError(fileId, field);
    await this.#markUploaded(row, callerId);
    return { file };
  }

  #accountFile(
    row: StoredFile,
    { accountId, reference }: Extract<StoredFile['place'], { type: 'account' }>,
    callerId: string,
    field: string,
  ): AccountFile {
    const uploaded = { reference, usableUntil: row.expiresAt };
    const held = { accountId, kind: kindOf(row.mediaType), uploaded };
    if (row.status === 'uploaded') return held;
    const confirm = async (look: () => Promise<boolean>) => {
      if (!(await look())) throw new FileNotUploadedError(row.id, field);
      await this.#markUploaded(row, callerId);
    };
    return { ...held, confirm };
  }

  async #markUploaded(row: StoredFile, callerId: string): Promise<void> {
    if (row.status === 'pending') await this.#options.rows.update(callerId, row, { status: 'uploaded' });
  }
}

/** A file in an account's storage was never seen here: it is what it was announced as, and so signed. */
function kindOf(mediaType: string): FileKind {
  const [head] = mediaType.split('/');
  return head === 'image' || head === 'video' || head === 'audio' ? head : 'document';
}
