import type { ReadRequest } from '../../chat/dialect.ts';
import type { ChatRequest } from '../../chat/request.ts';
import { readBody } from '../read-body.ts';
import type { AnthropicOptions, AnthropicSettings } from './options.ts';
import { readFormat } from './read-format.ts';
import { readMessages } from './read-messages.ts';
import { readSystem } from './read-system.ts';
import { readThinking, showsThinking } from './read-thinking.ts';
import { readTools, wantsSearch } from './read-tools.ts';
import { type AnthropicBody, anthropicBody } from './request-body.ts';
import { AnthropicStreamWriter } from './stream-writer.ts';
import { ThreadUnsupportedError } from './thread-unsupported-error.ts';
import { AnthropicWholeWriter } from './whole-writer.ts';

/**
 * Reads the body of `POST /v1/messages` (client-apis C.2).
 *
 * @throws InvalidRequestError naming the field, ThreadUnsupportedError
 */
export function readAnthropic(body: unknown, settings: AnthropicSettings): ReadRequest {
  const read = readBody(anthropicBody, body);
  if (read.thread !== null && read.thread !== undefined) throw new ThreadUnsupportedError();
  const request = readRequest(read);
  const options: AnthropicOptions = {
    thinking: settings.outputThinking ? showsThinking(read) : 'none',
    // A table behind the JSON would spoil it.
    searchInfoMode: request.format.type === 'text' ? settings.searchInfoMode : 'annotations',
  };
  return {
    request,
    stream: read.stream ?? false,
    streamWriter: (identity) => new AnthropicStreamWriter(identity, options, request),
    wholeWriter: (identity) => new AnthropicWholeWriter(identity, options, request),
  };
}

function readRequest(body: AnthropicBody): ChatRequest {
  const { max_tokens: limit } = body;
  const stopSequences = (body.stop_sequences ?? []).filter((sequence) => sequence !== '');
  return {
    model: body.model,
    messages: [...readSystem(body.system), ...readMessages(body.messages)],
    features: { ...readThinking(body), ...(wantsSearch(body.tools ?? []) && { search: true }) },
    limits: typeof limit === 'number' ? { maxOutputTokens: limit, stopSequences } : { stopSequences },
    format: readFormat(body),
    tools: readTools(body),
  };
}
