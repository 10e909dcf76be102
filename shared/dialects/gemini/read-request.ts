import type { ReadRequest, RequestContext } from '../../chat/dialect.ts';
import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { OpenAiChatSettings } from '../openai-chat/options.ts';
import { readBody } from '../read-body.ts';
import { camelKeys } from './camel-keys.ts';
import { inClientSpelling } from './client-spelling.ts';
import type { GeminiOptions } from './options.ts';
import { readContents } from './read-contents.ts';
import { readFeatures } from './read-features.ts';
import { readFormat } from './read-format.ts';
import { readShape } from './read-shape.ts';
import { readSystem } from './read-system.ts';
import { readTools } from './read-tools.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';
import { type GeminiBody, geminiBody } from './request-body.ts';
import { GeminiStreamWriter } from './stream-writer.ts';
import { GeminiWholeWriter } from './whole-writer.ts';

/** What the path says behind the model's name. */
export type GeminiMethod = 'generateContent' | 'streamGenerateContent';

/**
 * Reads a body in either spelling of its fields.
 *
 * @throws InvalidRequestError naming the field as the client wrote it.
 */
export function readGemini(
  body: unknown,
  context: RequestContext,
  method: GeminiMethod,
  settings: OpenAiChatSettings,
): ReadRequest {
  try {
    return readFields(readBody(geminiBody, camelKeys(body)), context, method, settings);
  } catch (error) {
    throw error instanceof InvalidRequestError ? inClientSpelling(error, body) : error;
  }
}

function readFields(
  body: GeminiBody,
  { parameters, query }: RequestContext,
  method: GeminiMethod,
  settings: OpenAiChatSettings,
): ReadRequest {
  refuseUnsupported(body);
  const { generationConfig } = body;
  const format = readFormat(generationConfig);
  const options: GeminiOptions = {
    includeThoughts: settings.outputThinking && (generationConfig?.thinkingConfig?.includeThoughts ?? false),
    // A table behind the JSON would spoil it.
    searchInfoMode: format.type === 'text' ? settings.searchInfoMode : 'annotations',
    streamForm: query.alt === 'sse' ? 'events' : 'array',
  };
  const maxOutputTokens = generationConfig?.maxOutputTokens;
  const stopSequences = (generationConfig?.stopSequences ?? []).filter((sequence) => sequence !== '');
  return {
    request: {
      model: parameters.model ?? '',
      ...readShape(body),
      messages: [...readSystem(body.systemInstruction), ...readContents(body.contents)],
      features: readFeatures(body),
      limits: typeof maxOutputTokens === 'number' ? { maxOutputTokens, stopSequences } : { stopSequences },
      format,
      tools: readTools(body),
    },
    stream: method === 'streamGenerateContent',
    streamWriter: (identity) => new GeminiStreamWriter(identity, options),
    wholeWriter: (identity) => new GeminiWholeWriter(identity, options),
  };
}
