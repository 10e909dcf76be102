/** Over so many lists temporary chats are spread: one alone would take every write of an index. */
export const temporaryShards = 8;

/** @returns the number of the list that a temporary chat is in. */
export function shardOf(chatId: string): number {
  let sum = 0;
  for (let index = 0; index < chatId.length; index += 1) sum += chatId.charCodeAt(index);
  return sum % temporaryShards;
}
