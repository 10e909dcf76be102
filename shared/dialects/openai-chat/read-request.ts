import type { ReadRequest } from '../../chat/dialect.ts';
import type { ChatRequest } from '../../chat/request.ts';
import { readBody } from '../read-body.ts';
import { conversationFields } from './conversation-fields.ts';
import type { ExtraFields } from './extra-fields.ts';
import type { OpenAiChatOptions, OpenAiChatSettings } from './options.ts';
import { readFeatures } from './read-features.ts';
import { readFormat } from './read-format.ts';
import { readLimits } from './read-limits.ts';
import { readMessages } from './read-messages.ts';
import { readShape } from './read-shape.ts';
import { readTools } from './read-tools.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';
import { type ChatFieldsBody, openAiChatBody } from './request-body.ts';
import { OpenAiStreamWriter } from './stream-writer.ts';
import { OpenAiWholeWriter } from './whole-writer.ts';

/**
 * Reads the body of `POST /v1/chat/completions` (client-apis C.1).
 *
 * @throws InvalidRequestError naming the field.
 */
export function readOpenAiChat(body: unknown, settings: OpenAiChatSettings): ReadRequest {
  const read = readBody(openAiChatBody, body);
  const conversationId = read.conversation_id || undefined;
  const { conversationIds = 'off' } = settings;
  const named: ExtraFields = (start) => conversationFields(start, conversationIds);
  return readFields(
    read,
    settings,
    {
      model: read.model,
      messages: readMessages(read.messages),
      ...(conversationId !== undefined && { conversationId }),
    },
    // Whoever goes on by an id needs the next one, too.
    conversationIds === 'off' && conversationId === undefined ? undefined : named,
  );
}

/** The part of a request that is not read from the common fields. */
type OwnFields = Pick<ChatRequest, 'model' | 'messages' | 'thread' | 'conversationId' | 'output'>;

/**
 * Reads the fields that all bodies of the OpenAI family share and joins them with the others.
 *
 * @param extraFields what every chunk and body of the answer carries besides.
 * @throws UnsupportedParameterError for fields that can't be honoured.
 */
export function readFields(
  body: ChatFieldsBody,
  settings: OpenAiChatSettings,
  own: OwnFields,
  extraFields?: ExtraFields,
): ReadRequest {
  refuseUnsupported(body);
  const format = readFormat(body);
  const options: OpenAiChatOptions = {
    includeUsage: body.stream_options?.include_usage ?? false,
    outputThinking: settings.outputThinking,
    // A table behind the JSON would spoil it.
    searchInfoMode: format.type === 'text' ? settings.searchInfoMode : 'annotations',
  };
  return {
    request: {
      ...own,
      ...readShape(body.size),
      features: readFeatures(body),
      limits: readLimits(body),
      format,
      tools: readTools(body),
    },
    stream: body.stream ?? false,
    streamWriter: (identity) => new OpenAiStreamWriter(identity, options, extraFields),
    wholeWriter: (identity) => new OpenAiWholeWriter(identity, options, extraFields),
  };
}
