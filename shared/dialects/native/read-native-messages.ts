import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { ChatMessage } from '../../chat/request.ts';
import { readContent } from '../openai-chat/read-content.ts';
import { readMessages } from '../openai-chat/read-messages.ts';
import type { NativeBody } from './native-body.ts';

/**
 * Reads either the one new `message` or OpenAI's `messages`; `systemMessage` stands before both.
 *
 * @throws InvalidRequestError when there is neither or both.
 */
export function readNativeMessages(body: NativeBody): readonly ChatMessage[] {
  const conversation = readConversation(body);
  return body.systemMessage ? [{ role: 'system', content: body.systemMessage }, ...conversation] : conversation;
}

function readConversation(body: NativeBody): readonly ChatMessage[] {
  const { message, messages } = body;
  const hasMessage = message !== undefined && message !== null;
  if (hasMessage && messages) {
    throw new InvalidRequestError("Send either 'message' or 'messages', not both.", { param: 'message' });
  }
  if (hasMessage) return [{ role: 'user', content: readContent(message, 'message') }];
  if (messages) return readMessages(messages);
  throw new InvalidRequestError("'message' is missing: it must be a string or an array of parts.", {
    param: 'message',
  });
}
