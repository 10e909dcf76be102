import type { ReadRequest } from '../../chat/dialect.ts';
import type { ChatRequest } from '../../chat/request.ts';
import { readBody } from '../read-body.ts';
import type { OpenAiChatOptions, OpenAiChatSettings } from './options.ts';
import { readFeatures } from './read-features.ts';
import { readFormat } from './read-format.ts';
import { readLimits } from './read-limits.ts';
import { readMessages } from './read-messages.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';
import { type ChatFieldsBody, openAiChatBody } from './request-body.ts';

/**
 * Reads the body of `POST /v1/chat/completions` (client-apis C.1).
 *
 * @throws InvalidRequestError naming the field.
 */
export function readOpenAiChat(body: unknown, settings: OpenAiChatSettings): ReadRequest<OpenAiChatOptions> {
  const read = readBody(openAiChatBody, body);
  return readFields(read, settings, { model: read.model, messages: readMessages(read.messages) });
}

/** The part of a request that is not read from the common fields. */
type OwnFields = Pick<ChatRequest, 'model' | 'messages' | 'thread'>;

/**
 * Reads the fields that all bodies of the OpenAI family share and joins them with the others.
 *
 * @throws UnsupportedParameterError for fields that can't be honoured.
 */
export function readFields(
  body: ChatFieldsBody,
  settings: OpenAiChatSettings,
  own: OwnFields,
): ReadRequest<OpenAiChatOptions> {
  refuseUnsupported(body);
  const format = readFormat(body);
  return {
    request: { ...own, features: readFeatures(body), limits: readLimits(body), format },
    stream: body.stream ?? false,
    options: {
      includeUsage: body.stream_options?.include_usage ?? false,
      outputThinking: settings.outputThinking,
      // A table behind the JSON would spoil it.
      searchInfoMode: format.type === 'text' ? settings.searchInfoMode : 'annotations',
    },
  };
}
