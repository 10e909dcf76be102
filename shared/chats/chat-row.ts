import type { Attributes } from '../store/attributes.ts';
import { numberAttribute, textAttribute } from '../store/read-attribute.ts';

/** Where an upstream chat lives, so that a next turn can go on with it. */
export interface ChatEntry {
  readonly chatId: string;
  readonly accountId: string;
  /** The upstream's id of the newest answer; `''` before the first. */
  readonly responseId: string;
  readonly model: string;
  /** The gateway key that began the chat, or the id of the token that a caller brought. */
  readonly keyId: string;
}

/** A kept chat, as the index has it. Times are epoch milliseconds. */
export interface KeptChat extends ChatEntry {
  /** Its place in its owner's list, which changes with every use. */
  readonly place: string;
  readonly title: string | undefined;
  readonly createdAt: number;
  readonly usedAt: number;
  readonly userMessages: number;
  /** Those of users and of the model. */
  readonly messages: number;
  /** When it was deleted. Such a chat is in no list any more. */
  readonly deletedAt: number | undefined;
}

/** A chat that is to be deleted. */
export interface TemporaryChat {
  readonly chatId: string;
  readonly accountId: string;
  /** Its place among all of its shard, by when it is due. */
  readonly place: string;
}

/** @returns a place in a list that is sorted by time. @param time epoch milliseconds. */
export function placeOf(time: number, chatId: string): string {
  return `${String(Math.trunc(time)).padStart(15, '0')}#${chatId}`;
}

/** Whether a text is a place in a list. */
export function isPlace(text: string): boolean {
  return /^\d{15}#./.test(text);
}

/** @returns `undefined` for a row that is none of a kept chat. */
export function readKeptChat(item: Attributes): KeptChat | undefined {
  const chatId = chatIdOf(item);
  const accountId = textAttribute(item, 'accountId');
  const responseId = textAttribute(item, 'responseId');
  const model = textAttribute(item, 'model');
  const keyId = textAttribute(item, 'keyId');
  if (!chatId || accountId === undefined || responseId === undefined || model === undefined || keyId === undefined) {
    return undefined;
  }
  const usedAt = numberAttribute(item, 'usedAt') ?? 0;
  return {
    chatId,
    accountId,
    responseId,
    model,
    keyId,
    usedAt,
    place: textAttribute(item, 'listPlace') ?? '',
    title: textAttribute(item, 'title'),
    createdAt: numberAttribute(item, 'createdAt') ?? usedAt,
    userMessages: numberAttribute(item, 'userMessages') ?? 0,
    messages: numberAttribute(item, 'messages') ?? 0,
    deletedAt: numberAttribute(item, 'deletedAt'),
  };
}

/** @returns `undefined` for a row that is none of a temporary chat. */
export function readTemporaryChat(item: Attributes): TemporaryChat | undefined {
  const chatId = chatIdOf(item);
  const accountId = textAttribute(item, 'accountId');
  const place = textAttribute(item, 'listPlace');
  if (!chatId || accountId === undefined || place === undefined || numberAttribute(item, 'dueAt') === undefined) {
    return undefined;
  }
  return { chatId, accountId, place };
}

function chatIdOf(item: Attributes): string {
  return (textAttribute(item, 'pk') ?? '').replace(/^chat#/, '');
}
