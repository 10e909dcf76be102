import * as z from 'zod/mini';
import type { Attributes } from '../store/attributes.ts';
import { partedUploadKey, partedUploadPartition, uploadPartKey } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import type { PartedUpload, UploadOutcome, UploadPart } from './parted-upload.ts';
import { filePurposes } from './stored-file.ts';
import { isPartId } from './stored-ids.ts';

/** Milliseconds that rows are kept beyond their time, so that completing can be repeated. */
const remembered = 24 * 3_600_000;

const headForm = z.object({
  id: z.string(),
  fileId: z.string(),
  name: z.string(),
  bytes: z.number(),
  purpose: z.enum(filePurposes),
  mediaType: z.string(),
  lifetime: z.optional(z.number()),
  status: z.enum(['pending', 'completed', 'cancelled']),
  createdAt: z.number(),
  expiresAt: z.number(),
  outcome: z.optional(
    z.object({ key: z.string(), sha256: z.string(), fingerprint: z.string(), completedAt: z.number() }),
  ),
});

const partForm = z.object({ sk: z.string().check(z.refine(isPartId)), bytes: z.number() });

/**
 * The rows of uploads in parts, each under its caller, so that nobody else finds them. Every write is one conditional
 * write of one item. All methods throw StoreUnavailableError.
 */
export class PartedUploads {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async create(callerId: string, upload: PartedUpload): Promise<void> {
    const { outcome: _none, ...facts } = upload;
    await this.#table.put(partedUploadKey(callerId, upload.id), { ...facts, ttl: ttlOf(upload) }, { exists: false });
  }

  /** @returns `undefined` when there is no such upload of this caller. Its time may be over. */
  async find(callerId: string, id: string): Promise<PartedUpload | undefined> {
    return readHead(await this.#table.get(partedUploadKey(callerId, id), { consistent: true }));
  }

  async addPart(callerId: string, upload: PartedUpload, { id, bytes }: UploadPart): Promise<void> {
    await this.#table.put(uploadPartKey(callerId, upload.id, id), { bytes, ttl: ttlOf(upload) });
  }

  /** All parts that have come, in the order of their coming. */
  async parts(callerId: string, id: string): Promise<readonly UploadPart[]> {
    const rows = await this.#table.query(partedUploadPartition(callerId, id), { consistent: true });
    return rows.flatMap((row) => {
      const read = z.safeParse(partForm, row);
      return read.success ? [{ id: read.data.sk, bytes: read.data.bytes }] : [];
    });
  }

  /** Ends an upload that still takes parts. @returns whether it did. */
  complete(callerId: string, id: string, outcome: UploadOutcome): Promise<boolean> {
    return this.#end(callerId, id, { status: 'completed', outcome: { ...outcome } });
  }

  /** @returns whether it still took parts. */
  cancel(callerId: string, id: string): Promise<boolean> {
    return this.#end(callerId, id, { status: 'cancelled' });
  }

  #end(callerId: string, id: string, set: Attributes): Promise<boolean> {
    return this.#table.update(partedUploadKey(callerId, id), { set }, { exists: true, equals: { status: 'pending' } });
  }
}

function readHead(row: Attributes | undefined): PartedUpload | undefined {
  const read = z.safeParse(headForm, row);
  return read.success ? read.data : undefined;
}

function ttlOf({ expiresAt }: PartedUpload): number {
  return Math.ceil((expiresAt + remembered) / 1000);
}
