import {
  count,
  isoTime,
  type JsonSchema,
  listOf,
  mapOf,
  named,
  object,
  oneOf,
  only,
  orNull,
  text,
} from '../json-schema.ts';

/** A chat that was made to go on with. */
export const newChat = named('NewChat', object({ chatId: text, name: text, model: text }));

const chatEntry = object({
  chatId: text,
  title: text,
  model: text,
  createdAt: isoTime,
  usedAt: isoTime,
  userMessageCount: count,
  messageCount: count,
});

export const chatList: JsonSchema = named('ChatList', object({ chats: listOf(chatEntry), nextCursor: orNull(text) }));

const chatMessage = object({
  id: text,
  role: text,
  content: text,
  parentId: orNull(text),
  createdAt: orNull(isoTime),
});

export const chatContent: JsonSchema = named(
  'ChatContent',
  object({ chatId: text, title: text, model: text, messages: listOf(chatMessage) }),
);

export const deletedChat = named('DeletedChat', object({ chatId: text, deleted: only(true) }));

const filterName = oneOf('olderThan', 'userMessageCountLessThan', 'messageCountLessThan', 'maxChats');

const report = object({
  dryRun: only(true),
  filters: mapOf(count),
  total: count,
  wouldDelete: count,
  byFilter: mapOf(count),
  chats: listOf(object({ chatId: text, title: orNull(text), because: listOf(filterName) })),
});

/** What a clean-up would delete. */
export const cleanupReport = named('CleanupReport', report);

const counts = {
  id: text,
  state: oneOf('running', 'done', 'stalled'),
  total: count,
  deleted: count,
  kept: count,
  failed: count,
  waiting: count,
  left: count,
  createdAt: isoTime,
  finishedAt: orNull(isoTime),
};

/** A clean-up that has begun. */
export const cleanup = named('Cleanup', object(counts));

const cleanupItem = object({
  chatId: text,
  state: oneOf('waiting', 'deleted', 'kept', 'failed'),
  reason: orNull(text),
});

/** The same with every chat of it. */
export const cleanupDetail = named('CleanupDetail', object({ ...counts, chats: listOf(cleanupItem) }));
