import type { ReadRequest } from '../../chat/dialect.ts';
import { UnsupportedParameterError } from '../../chat/errors/request-errors.ts';
import type { OpenAiChatOptions, OpenAiChatSettings } from '../openai-chat/options.ts';
import { readFields } from '../openai-chat/read-request.ts';
import { readBody } from '../read-body.ts';
import { nativeBody } from './native-body.ts';
import { readNativeMessages } from './read-native-messages.ts';
import { readThread } from './read-thread.ts';

/** The settings that the native dialect is made with. */
export interface NativeSettings extends OpenAiChatSettings {
  /** Model of requests that name none. */
  readonly defaultModel: string;
}

/**
 * Reads the body of `POST /api/chat` and `POST /api/chat/completions`.
 *
 * @throws InvalidRequestError naming the field.
 */
export function readNative(body: unknown, settings: NativeSettings): ReadRequest<OpenAiChatOptions> {
  const read = readBody(nativeBody, body);
  if (read.chatType && read.chatType !== 't2t') {
    throw new UnsupportedParameterError(
      `Only 'chatType' 't2t' is supported so far, not '${read.chatType}'. Pictures and videos come with a later version.`,
      { param: 'chatType' },
    );
  }
  const thread = readThread(read);
  return readFields(read, settings, {
    model: read.model ?? settings.defaultModel,
    messages: readNativeMessages(read),
    ...(thread !== undefined && { thread }),
  });
}
