import { randomUUID } from 'node:crypto';
import type { AnnouncedFile, GrantForm, UploadGrant } from '../chat/upload.ts';
import type { Call } from '../http/invocation.ts';
import type { ObjectLinks } from '../objects/object-links.ts';
import type { CallerMeans } from '../relay/caller-means.ts';
import { fileObjectKey } from '../stored-files/file-object-key.ts';
import type { FileRows } from '../stored-files/file-rows.ts';
import type { StoredFile } from '../stored-files/stored-file.ts';
import { newFileId } from '../stored-files/stored-ids.ts';

/** Milliseconds for asking accounts, all attempts together. */
const grantLimit = 30_000;
/** Seconds that a link into the bucket lasts, as long as the upstream's. */
const linkSeconds = 15 * 60;

export interface SignedUploadsOptions {
  readonly means: CallerMeans;
  readonly links: Pick<ObjectLinks, 'signPut'>;
  readonly rows: FileRows;
  /** Days that a file stays in the bucket. */
  readonly fileDays: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** One PUT that puts a file where it belongs. */
export interface UploadOrder {
  readonly method: 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Lets callers upload files past the functions, each by a signature for this file alone. */
export class SignedUploads {
  readonly #options: SignedUploadsOptions;

  constructor(options: SignedUploadsOptions) {
    this.#options = options;
  }

  /**
   * Into an account's storage; the file can be used with that account alone, and as long as the upstream keeps it usable.
   *
   * @returns the file's id here, and the grant.
   * @throws UpstreamError, a pool error, StoreUnavailableError
   */
  async toAccount(
    file: AnnouncedFile,
    form: GrantForm,
    { caller, requestId }: Pick<Call, 'caller' | 'requestId'>,
  ): Promise<{ readonly id: string; readonly grant: UploadGrant }> {
    const signal = AbortSignal.timeout(grantLimit);
    const { attempts, upstream } = this.#options.means.of(caller, randomUUID);
    const { accountId, grant } = await attempts.run({ requestId, signal, errand: true }, async (lease) => ({
      accountId: lease.accountId,
      grant: await upstream.grantUpload(file, form, lease.credentials, signal),
    }));
    const { reference, usableUntil } = grant;
    const row = this.#newRow(file, usableUntil);
    await this.#options.rows.create(caller.id, { ...row, place: { type: 'account', accountId, reference } });
    return { id: row.id, grant };
  }

  /** Into the owner's bucket. @throws ConfigurationError, StoreUnavailableError */
  async toBucket(
    file: AnnouncedFile,
    { caller }: Pick<Call, 'caller'>,
  ): Promise<UploadOrder & { readonly id: string }> {
    const { links, rows, fileDays, now } = this.#options;
    const row = this.#newRow(file, now() + fileDays * 86_400_000);
    const key = fileObjectKey(caller.id, row.id);
    const { size, mediaType } = file;
    const { url, headers } = await links.signPut(key, { size, mediaType, seconds: linkSeconds });
    await rows.create(caller.id, { ...row, place: { type: 'bucket', key } });
    return { id: row.id, method: 'PUT', url, headers, expiresAt: row.createdAt + linkSeconds * 1000 };
  }

  #newRow({ name, size, mediaType }: AnnouncedFile, expiresAt: number): Omit<StoredFile, 'place'> {
    const createdAt = this.#options.now();
    const facts = { name, bytes: size, mediaType, purpose: 'user_data', status: 'pending' } as const;
    return { id: newFileId(createdAt), ...facts, createdAt, expiresAt };
  }
}
