/** The primary key of an item in the one table. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** @returns the partition that holds all accounts of a lane, so that a snapshot of the pool is one query. */
export function accountsPartition(lane: string): string {
  return `accounts#${lane}`;
}

export function accountKey(lane: string, accountId: string): ItemKey {
  return { pk: accountsPartition(lane), sk: accountId };
}

/** The partition that holds all gateway keys. */
export const gatewayKeysPartition = 'keys';

/** @param hash SHA-256 of the key, so that importing the same key twice meets the same item. */
export function gatewayKeyKey(hash: string): ItemKey {
  return { pk: gatewayKeysPartition, sk: hash };
}

/** Each chat has its own partition: chats are only ever looked up one by one. */
export function chatKey(chatId: string): ItemKey {
  return { pk: `chat#${chatId}`, sk: 'owner' };
}

export function catalogueKey(lane: string): ItemKey {
  return { pk: `catalogue#${lane}`, sk: 'models' };
}

/** The owner's aliases of models. */
export const aliasesKey: ItemKey = { pk: 'aliases', sk: 'models' };

/** The partition of the audit log; `sk` is the entry's place with leading zeros, so that a query gives them in order. */
export const auditPartition = 'audit';

export function auditKey(sequence: number): ItemKey {
  return { pk: auditPartition, sk: String(sequence).padStart(12, '0') };
}

/** The end of the audit log; apart from the log, so that no query of it meets this row. */
export const auditHeadKey: ItemKey = { pk: 'audit-head', sk: 'head' };

/** @returns the partition of one bulk import: its head and its items. */
export function importPartition(importId: string): string {
  return `import#${importId}`;
}

export function importHeadKey(importId: string): ItemKey {
  return { pk: importPartition(importId), sk: 'head' };
}

/** @param item its number, from 0. */
export function importItemKey(importId: string, item: number): ItemKey {
  return { pk: importPartition(importId), sk: `item#${String(item).padStart(6, '0')}` };
}

/** Whose response, and which. */
interface ResponsePlace {
  readonly callerId: string;
  readonly id: string;
}

/** @returns the partition of one stored response; the caller is part of it, so that nobody else finds it. */
export function responsePartition({ callerId, id }: ResponsePlace): string {
  return `response#${callerId}#${id}`;
}

export function responseHeadKey(place: ResponsePlace): ItemKey {
  return { pk: responsePartition(place), sk: 'head' };
}

/** @param generation of the content; @param index its number, from 0. */
export function responsePieceKey(place: ResponsePlace, generation: string, index: number): ItemKey {
  return { pk: responsePartition(place), sk: `piece#${generation}#${String(index).padStart(4, '0')}` };
}

/** @param hash SHA-256 of a file's bytes; each file has its own partition, as files are only ever looked up one by one. */
export function uploadKey(accountId: string, hash: string): ItemKey {
  return { pk: `upload#${accountId}#${hash}`, sk: 'file' };
}

/** Whose job, and which. */
interface JobPlace {
  readonly callerId: string;
  readonly id: string;
}

/** @returns the partition of one caller's jobs, whose ids sort as they were made. */
export function jobsPartition(callerId: string): string {
  return `jobs#${callerId}`;
}

export function jobKey({ callerId, id }: JobPlace): ItemKey {
  return { pk: jobsPartition(callerId), sk: id };
}

/** The partition of the jobs that are not over, of all callers. */
export const openJobsPartition = 'open-jobs';

export function openJobKey(id: string): ItemKey {
  return { pk: openJobsPartition, sk: id };
}

/** @param hash SHA-256 of what the caller has sent as `Idempotency-Key`. */
export function jobClaimKey(callerId: string, hash: string): ItemKey {
  return { pk: `idempotency#${callerId}#${hash}`, sk: 'job' };
}
