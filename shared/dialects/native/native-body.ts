import * as z from 'zod/mini';
import { userContentBody } from '../openai-chat/message-body.ts';
import { chatFields, messagesBody, nonEmptyString } from '../openai-chat/request-body.ts';

/** The chat types of the native form. */
const chatType = z.enum(['t2t', 't2i', 'image_edit', 't2v']);

/** `POST /api/chat` and `POST /api/chat/completions`: OpenAI's fields, and the native ones. */
export const nativeBody = z.object({
  ...chatFields,
  model: z.nullish(nonEmptyString),
  message: z.nullish(userContentBody),
  messages: z.nullish(messagesBody),
  systemMessage: z.nullish(z.string()),
  chatId: z.nullish(nonEmptyString),
  parentId: z.nullish(nonEmptyString),
  conversation_id: z.nullish(z.string()),
  chatType: z.nullish(chatType),
  waitForCompletion: z.nullish(z.boolean()),
  webhook_url: z.nullish(z.string()),
});

export type NativeBody = z.output<typeof nativeBody>;
