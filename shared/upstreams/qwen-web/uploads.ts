import {
  type AnnouncedFile,
  type GrantForm,
  sizeOf,
  type UploadedFile,
  type UploadFile,
  type UploadGrant,
} from '../../chat/upload.ts';
import type { Credentials } from '../../chat/upstream.ts';
import { Documents } from './documents.ts';
import { fileClassOf } from './file-class.ts';
import { fileEntry } from './file-entry.ts';
import { numberField, textField } from './json-fields.ts';
import { putFile } from './storage.ts';
import { requestGrant } from './storage-grant.ts';
import { storedSize } from './stored-size.ts';
import type { Transport } from './transport.ts';
import { uploadGrant } from './upload-grant.ts';
import { usableUntil } from './usable-until.ts';

/** Uploads files for accounts, and lets others upload them (qwen-web §6). */
export class Uploads {
  readonly #transport: Transport;
  readonly #documents: Documents;

  /** @param patience milliseconds that the reading of a document may take; the upstream's usual time when that is less. */
  constructor(transport: Transport, patience: number) {
    this.#transport = transport;
    this.#documents = new Documents(transport, patience);
  }

  /**
   * Uploads a file, and has it read when it is a document.
   *
   * @throws UpstreamError
   */
  async upload(file: UploadFile, credentials: Credentials, signal: AbortSignal): Promise<UploadedFile> {
    const announced = { ...file, size: sizeOf(file) };
    const grant = await requestGrant(this.#transport, announced, credentials, signal);
    const grantedAt = Date.now();
    await putFile(this.#transport, grant, file, credentials, signal);
    if (fileClassOf(file.mediaType).fileClass === 'document') {
      await this.#documents.read({ id: grant.fileId, name: file.name }, credentials, signal);
    }
    return { reference: fileEntry(announced, grant, Date.now()), usableUntil: usableUntil(grant.fileUrl, grantedAt) };
  }

  /** Lets somebody else put a file into the account's storage. @throws UpstreamError */
  async grant(
    file: AnnouncedFile,
    form: GrantForm,
    credentials: Credentials,
    signal: AbortSignal,
  ): Promise<UploadGrant> {
    const grant = await requestGrant(this.#transport, file, credentials, signal);
    return uploadGrant(grant, file, form, this.#transport.origin, Date.now());
  }

  /** Where a file can be read by everybody who has the address, for as long as it is signed; `''` when nobody has told. */
  addressOf(reference: UploadedFile['reference']): string {
    return textField(reference, 'url') ?? '';
  }

  /**
   * Looks whether a file is there that somebody else was to put, and has it read when it is a document.
   *
   * @param reference of the grant.
   * @returns whether it is there, whole.
   * @throws UpstreamError
   */
  async confirm(reference: UploadedFile['reference'], credentials: Credentials, signal: AbortSignal): Promise<boolean> {
    const size = await storedSize(this.#transport, this.addressOf(reference), credentials, signal);
    if (size === undefined || size !== numberField(reference, 'size')) return false;
    if (textField(reference, 'file_class') === 'document') {
      const document = { id: textField(reference, 'id') ?? '', name: textField(reference, 'name') ?? '' };
      await this.#documents.read(document, credentials, signal);
    }
    return true;
  }
}
