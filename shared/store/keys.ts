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
