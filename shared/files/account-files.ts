import { StalledAnswerError } from '../chat/errors/answer-faults.ts';
import { sizeOf, type UploadedFile, type UploadFile } from '../chat/upload.ts';
import type { ChatUpstream, Credentials } from '../chat/upstream.ts';
import { SingleFlight } from './single-flight.ts';
import type { UploadRows } from './upload-rows.ts';

/** The account that is to hold a file. */
export interface Holder {
  readonly accountId: string;
  readonly credentials: Credentials;
  /** Whether its token was brought by the caller, so that nothing of it is kept. */
  readonly isBrought?: boolean;
}

/** A file, and the SHA-256 of its bytes. */
export type HashedFile = UploadFile & { readonly hash: string };

export type Uploader = Pick<ChatUpstream, 'upload'>;

/** Bytes in a millisecond: what the slowest way to the upstream's storage is to bring. */
const slowestRate = 1000;

export interface AccountFilesOptions {
  readonly rows: UploadRows;
  /** Told when the table fails: then files are uploaded once more than needed. */
  readonly onStoreError: (error: unknown) => void;
  /** Milliseconds that an upload may take, the reading of a document included; large files get more. */
  readonly timeLimit?: number;
}

/** The files that accounts hold: each is uploaded once to each account, as long as it may be used. */
export class AccountFiles {
  readonly #options: AccountFilesOptions;
  readonly #flights = new SingleFlight<UploadedFile>();

  constructor(options: AccountFilesOptions) {
    this.#options = options;
  }

  /**
   * Uploads a file, unless the account has it already.
   *
   * @throws UpstreamError when the upstream does not take it.
   */
  hold(file: HashedFile, holder: Holder, upstream: Uploader, signal: AbortSignal): Promise<UploadedFile> {
    const key = `${holder.accountId} ${file.hash}`;
    return this.#flights.run(key, signal, (shared) => this.#findOrUpload(file, holder, upstream, shared));
  }

  async #findOrUpload(
    file: HashedFile,
    { accountId, credentials, isBrought = false }: Holder,
    upstream: Uploader,
    signal: AbortSignal,
  ): Promise<UploadedFile> {
    const { rows, timeLimit = 60_000 } = this.#options;
    const known = isBrought ? undefined : await this.#orNothing(rows.find(accountId, file.hash));
    if (known !== undefined) return known;
    const limit = new AbortController();
    const late = new StalledAnswerError(`The upstream took too long to take the file '${file.name}'.`);
    const timer = setTimeout(() => limit.abort(late), timeLimit + sizeOf(file) / slowestRate);
    try {
      const uploaded = await upstream.upload(file, credentials, AbortSignal.any([signal, limit.signal]));
      if (!isBrought) await this.#orNothing(rows.keep(accountId, file.hash, uploaded));
      return uploaded;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Without the table, a file is merely uploaded again. */
  async #orNothing<Value>(work: Promise<Value>): Promise<Value | undefined> {
    try {
      return await work;
    } catch (error) {
      this.#options.onStoreError(error);
      return undefined;
    }
  }
}
