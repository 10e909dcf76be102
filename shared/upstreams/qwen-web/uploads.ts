import type { UploadedFile, UploadFile } from '../../chat/upload.ts';
import type { Credentials } from '../../chat/upstream.ts';
import { Documents } from './documents.ts';
import { fileClassOf } from './file-class.ts';
import { fileEntry } from './file-entry.ts';
import { putFile } from './storage.ts';
import { requestGrant } from './storage-grant.ts';
import type { Transport } from './transport.ts';
import { usableUntil } from './usable-until.ts';

/** Uploads files for accounts (qwen-web §6). */
export class Uploads {
  readonly #transport: Transport;
  readonly #documents: Documents;

  constructor(transport: Transport) {
    this.#transport = transport;
    this.#documents = new Documents(transport);
  }

  /**
   * Uploads a file, and has it read when it is a document.
   *
   * @throws UpstreamError
   */
  async upload(file: UploadFile, credentials: Credentials, signal: AbortSignal): Promise<UploadedFile> {
    const grant = await requestGrant(this.#transport, file, credentials, signal);
    const grantedAt = Date.now();
    await putFile(this.#transport, grant, file, credentials, signal);
    if (fileClassOf(file.mediaType).fileClass === 'document') {
      await this.#documents.read({ id: grant.fileId, name: file.name }, credentials, signal);
    }
    return { reference: fileEntry(file, grant, Date.now()), usableUntil: usableUntil(grant.fileUrl, grantedAt) };
  }
}
