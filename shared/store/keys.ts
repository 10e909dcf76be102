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
