import { isJsonObject, type JsonObject, listField, objectField, textField } from './json-fields.ts';

/** Deeper than any known place of a task's id. */
const deepest = 8;
const idFields = ['task_id', 'taskId', 'wanx_task_id'] as const;

/**
 * Finds the id of a video's task in what the upstream answered or keeps of an answer, in whichever of its places it stands
 * (qwen-web §5.3): under `extra.wanx`, `output`, `result` or `results`, or beside them.
 */
export function findTaskId(value: unknown): string | undefined {
  const named = findNamed(value, 0);
  if (named !== undefined) return named;
  // The shortest form: {"id": …, "task_status": …}.
  const object = isJsonObject(value) ? value : undefined;
  const inner = objectField(object, 'data') ?? object;
  return textField(inner, 'task_status') === undefined ? undefined : textField(inner, 'id');
}

function findNamed(value: unknown, depth: number): string | undefined {
  if (depth > deepest) return undefined;
  if (Array.isArray(value)) return firstOf(value, (item) => findNamed(item, depth + 1));
  if (!isJsonObject(value)) return undefined;
  const own = firstOf(idFields, (name) => textField(value, name));
  return own ?? firstOf(Object.values(value), (item) => findNamed(item, depth + 1));
}

const videoAddress = /https?:\/\/[^\s"'()<>\\]+\.(?:mp4|webm|mov)(?:\?[^\s"'()<>\\]*)?/i;

/**
 * Finds the address of a finished video in a stored answer: as its content, as a picture of its list, or in a text.
 *
 * @param message one message of a chat, as the upstream keeps it.
 */
export function findVideoUrl(message: JsonObject): string | undefined {
  return findAddress(message, 0);
}

function findAddress(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return videoAddress.exec(value)?.[0];
  if (depth > deepest) return undefined;
  if (Array.isArray(value)) return firstOf(value, (item) => findAddress(item, depth + 1));
  return isJsonObject(value) ? firstOf(Object.values(value), (item) => findAddress(item, depth + 1)) : undefined;
}

/** The messages of a chat's detail (qwen-web §3): a map under `history`, a list in older chats. */
export function messagesOf(detail: JsonObject | undefined): readonly JsonObject[] {
  const chat = objectField(detail, 'chat');
  const byId = objectField(objectField(chat, 'history'), 'messages');
  return [...Object.values(byId ?? {}), ...(listField(chat, 'messages') ?? [])].filter(isJsonObject);
}

function firstOf<Item, Found>(items: Iterable<Item>, find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
