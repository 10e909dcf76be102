import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { Thread } from '../../chat/request.ts';
import type { NativeBody } from './native-body.ts';

/**
 * Reads the place in an upstream chat to go on from; `undefined` begins a new chat.
 *
 * @throws InvalidRequestError for a parent without its chat.
 */
export function readThread(body: NativeBody): Thread | undefined {
  const { chatId, parentId } = body;
  if (chatId) return parentId ? { chatId, parentId } : { chatId };
  if (!parentId) return undefined;
  throw new InvalidRequestError("'parentId' names an answer within a chat: send 'chatId' too.", { param: 'parentId' });
}
