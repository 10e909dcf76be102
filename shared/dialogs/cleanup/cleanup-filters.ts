import type { KeptChat } from '../../chats/chat-row.ts';

/** Which chats go. A chat goes when it meets any filter that is given. */
export interface CleanupFilters {
  /** Milliseconds since its last use; those that were used longer ago go. */
  readonly olderThan?: number;
  /** Those with fewer messages of users go. */
  readonly userMessageCountLessThan?: number;
  /** Those with fewer messages go. */
  readonly messageCountLessThan?: number;
  /** So many stay, those that were used last of all that there are; the others go. */
  readonly maxChats?: number;
}

export type FilterName = keyof CleanupFilters;

/** A chat that goes, and why. */
export interface Chosen {
  readonly chat: KeptChat;
  readonly because: readonly FilterName[];
}

type Test = (chat: KeptChat, place: number, limit: number, now: number) => boolean;

const tests: Readonly<Record<FilterName, Test>> = {
  olderThan: ({ usedAt }, _place, limit, now) => now - usedAt > limit,
  userMessageCountLessThan: ({ userMessages }, _place, limit) => userMessages < limit,
  messageCountLessThan: ({ messages }, _place, limit) => messages < limit,
  maxChats: (_chat, place, limit) => place >= limit,
};

/** Every filter, in the order in which reasons are told. */
export const filterNames = [
  'olderThan',
  'userMessageCountLessThan',
  'messageCountLessThan',
  'maxChats',
] as const satisfies readonly FilterName[];

/**
 * Chooses the chats that go.
 *
 * @param chats those that were used last first.
 * @param now epoch milliseconds.
 * @returns those that were used longest ago first.
 */
export function chooseChats(chats: readonly KeptChat[], filters: CleanupFilters, now: number): readonly Chosen[] {
  const chosen = chats.flatMap((chat, place) => {
    const because = filterNames.filter((name) => {
      const limit = filters[name];
      return limit !== undefined && tests[name](chat, place, limit, now);
    });
    return because.length === 0 ? [] : [{ chat, because }];
  });
  return chosen.reverse();
}

/** Whether any filter is given. */
export function hasFilter(filters: CleanupFilters): boolean {
  return filterNames.some((name) => filters[name] !== undefined);
}
