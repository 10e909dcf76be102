import type { ReadRequest } from '../../chat/dialect.ts';
import { UnsupportedParameterError } from '../../chat/errors/request-errors.ts';
import type { OpenAiChatSettings } from '../openai-chat/options.ts';
import { readFields } from '../openai-chat/read-request.ts';
import { readBody } from '../read-body.ts';
import { nativeBody } from './native-body.ts';
import { readNativeMessages } from './read-native-messages.ts';
import { readThread } from './read-thread.ts';
import { threadFields } from './thread-fields.ts';

/** The settings that the native dialect is made with. */
export interface NativeSettings extends OpenAiChatSettings {
  /** Model of requests that name none. */
  readonly defaultModel: string;
}

/** What a chat type asks for; with `t2t`, the model's name tells. */
const outputs = {
  t2t: {},
  t2i: { output: 'image' },
  image_edit: { output: 'image-edit' },
  t2v: { output: 'video' },
} as const;

/**
 * Reads the body of `POST /api/chat` and `POST /api/chat/completions`.
 *
 * @throws InvalidRequestError naming the field.
 */
export function readNative(body: unknown, settings: NativeSettings): ReadRequest {
  const read = readBody(nativeBody, body);
  const thread = readThread(read);
  const conversationId = read.conversation_id || undefined;
  const own = {
    model: read.model ?? settings.defaultModel,
    messages: readNativeMessages(read),
    ...(thread !== undefined && { thread }),
    ...(conversationId !== undefined && { conversationId }),
    ...(read.chatType && outputs[read.chatType]),
  };
  const fields = readFields(read, settings, own, threadFields(settings.conversationIds));
  const webhookUrl = read.webhook_url || undefined;
  if (read.chatType === 't2v') {
    return {
      ...fields,
      waitForVideo: read.waitForCompletion ?? true,
      ...(webhookUrl !== undefined && { webhookUrl }),
    };
  }
  if (webhookUrl === undefined) return fields;
  throw new UnsupportedParameterError("'webhook_url' goes with the chatType t2v: only the ends of videos are told.", {
    param: 'webhook_url',
  });
}
