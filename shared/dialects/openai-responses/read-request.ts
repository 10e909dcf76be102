import type { AnswerIdentity, ReadRequest } from '../../chat/dialect.ts';
import type { ChatRequest } from '../../chat/request.ts';
import type { OpenAiChatSettings } from '../openai-chat/options.ts';
import { readBody } from '../read-body.ts';
import { silentSink } from './event-sink.ts';
import type { ItemBody } from './item-body.ts';
import type { ResponsesOptions } from './options.ts';
import { readFeatures } from './read-features.ts';
import { readFormat } from './read-format.ts';
import { readItems } from './read-items.ts';
import { type OfferedPictures, readTools } from './read-tools.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';
import { type ResponsesBody, responsesBody, storedItemsBody } from './request-body.ts';
import { makeResponseFrame } from './response-frame.ts';
import type { ResponseObject } from './response-state.ts';
import { ResponseState } from './response-state.ts';
import { ResponsesStreamWriter } from './stream-writer.ts';
import { withoutItemSecrets, withoutToolSecrets } from './tool-secrets.ts';
import { ResponsesWholeWriter } from './whole-writer.ts';

/** The body of `POST /v1/responses`, checked, and still apart from what the store knows. */
export interface SentRequest {
  readonly body: ResponsesBody;
  /** As it came, credentials of tools aside. */
  readonly sent: Readonly<Record<string, unknown>>;
  /** The input as items, as they came. */
  readonly items: readonly object[];
}

/** What the request's references to the store stand for. */
export interface Conversation {
  /** The whole input as items: what came before, then the request's own. */
  readonly items: readonly object[];
  /** How many of them came before. */
  readonly before: number;
}

/** A request whose writers can tell the response at any time. */
export interface ResponsesRequest extends ReadRequest {
  /** Set when the answer may hold pictures. */
  readonly pictures?: OfferedPictures;
  streamWriter(identity: AnswerIdentity): ResponsesStreamWriter;
  wholeWriter(identity: AnswerIdentity): ResponsesWholeWriter;
  /** The response that waits for its turn. */
  queued(identity: AnswerIdentity): ResponseObject;
}

/**
 * Checks a body and reads what can be read without the store.
 *
 * @throws InvalidRequestError naming the field, UnsupportedParameterError for what can't be honoured.
 */
export function readSentRequest(sent: unknown): SentRequest {
  const body = readBody(responsesBody, sent);
  refuseUnsupported(body);
  // A checked body is an object, and its input a text or a list of objects.
  const fields: Readonly<Record<string, unknown>> = { ...Object(sent) };
  const { input } = fields;
  const items = Array.isArray(input)
    ? input.filter(isObject).map(withoutItemSecrets)
    : [{ role: 'user', content: body.input }];
  return { body, sent: { ...fields, tools: withoutToolSecrets(fields.tools) }, items };
}

/**
 * Reads a request together with what came before it.
 *
 * @throws InvalidRequestError naming the field.
 */
export function readResponses(
  { body, sent }: SentRequest,
  settings: OpenAiChatSettings,
  conversation: Conversation | undefined,
): ResponsesRequest {
  const items = conversation === undefined ? ownItems(body) : readStoredItems(conversation.items);
  const { use, names, search, pictures } = readTools(body, items);
  const format = readFormat(body);
  const request: ChatRequest = {
    model: body.model,
    messages: readItems(body.instructions, items, conversation?.before ?? 0, names),
    features: readFeatures(body, search),
    limits: { stopSequences: [], ...(body.max_output_tokens && { maxOutputTokens: body.max_output_tokens }) },
    format,
    tools: use,
  };
  const options: ResponsesOptions = {
    outputThinking: settings.outputThinking,
    // A table behind the JSON would spoil it.
    searchInfoMode: format.type === 'text' ? settings.searchInfoMode : 'annotations',
    sealReasoning: body.include?.includes('reasoning.encrypted_content') ?? false,
    toolNames: names,
  };
  const plan = { request, options };
  const frame = (identity: AnswerIdentity) => makeResponseFrame(body, sent, identity);
  return {
    request,
    ...(pictures && { pictures }),
    stream: body.stream ?? false,
    streamWriter: (identity) => new ResponsesStreamWriter(frame(identity), plan),
    wholeWriter: (identity) => new ResponsesWholeWriter(frame(identity), plan),
    queued: (identity) => new ResponseState(frame(identity), plan, silentSink).begun('queued'),
  };
}

function ownItems({ input }: ResponsesBody): readonly ItemBody[] {
  return typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : input;
}

function readStoredItems(items: readonly object[]): readonly ItemBody[] {
  return readBody(storedItemsBody, { input: items }).input;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
