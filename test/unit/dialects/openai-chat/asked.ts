import type { ReadRequest } from '../../../../shared/chat/dialect.ts';
import { createOpenAiChat } from '../../../../shared/dialects/openai-chat/openai-chat.ts';
import type { OpenAiChatOptions } from '../../../../shared/dialects/openai-chat/options.ts';
import { plainContext } from '../../../support/request-context.ts';

/** A plain request whose answer is to be written in this way. */
export function asked({
  includeUsage = false,
  outputThinking = true,
  searchInfoMode = 'annotations',
}: Partial<OpenAiChatOptions> = {}): ReadRequest {
  const body = {
    model: 'm',
    messages: [{ role: 'user', content: 'hi' }],
    stream: true,
    stream_options: { include_usage: includeUsage },
  };
  return createOpenAiChat({ outputThinking, searchInfoMode }).read(body, plainContext);
}
