import { anthropicBody } from '../../dialects/anthropic/request-body.ts';
import { nativeBody } from '../../dialects/native/native-body.ts';
import { openAiChatBody } from '../../dialects/openai-chat/request-body.ts';
import { chatHeaders, videoHeaders } from '../answer-headers.ts';
import { chatCompletion, chatCompletionChunk, nativeCompletion } from '../answers/chat-completion.ts';
import { message, messageEvents } from '../answers/message.ts';
import { anthropicTokenCount } from '../answers/token-counts.ts';
import { videoTask } from '../answers/videos.ts';
import { openAiError } from '../error-envelopes.ts';
import { chatErrors } from '../error-topics.ts';
import { anyOf } from '../json-schema.ts';
import { requestSchema } from '../request-schema.ts';
import type { EventsDocument, RouteDocument, RouteDocuments } from '../route-document.ts';

const model = 'qwen3.7-plus';
const messages = [{ role: 'user', content: 'Say hello.' }];

const chunks: EventsDocument = {
  byName: { message: anyOf(chatCompletionChunk, openAiError) },
  terminator: '[DONE]',
};

const native: RouteDocument = {
  tag: 'Native chat',
  summary: 'Ask in the native form',
  description:
    'OpenAI’s fields, and beside them `message`, `chatId` and `parentId`. An answer names the chat and itself, so that the next ' +
    'question goes on there. With `chatType` `t2v` and `waitForCompletion` false the answer is a task, to be looked at later.',
  body: { json: requestSchema('NativeChatRequest', nativeBody), example: { model, message: 'Say hello.' } },
  answers: {
    200: {
      description: 'The answer, whole or as a stream of chunks.',
      json: nativeCompletion,
      events: chunks,
      headers: chatHeaders,
    },
    202: { description: 'A video that is being made.', json: videoTask, headers: { ...chatHeaders, ...videoHeaders } },
  },
  errors: chatErrors,
};

/** Chats in OpenAI's, Anthropic's and the native form. */
export const chatRoutes = {
  'POST /v1/chat/completions': {
    tag: 'Chat completions',
    summary: 'Ask',
    description:
      'The whole conversation comes with each request. With `stream` the answer comes as chunks, ended by `[DONE]`; an error after ' +
      'the first chunk is an event in the form of errors. Fields that are not named here are ignored.',
    body: { json: requestSchema('ChatCompletionRequest', openAiChatBody), example: { model, messages } },
    answers: {
      200: {
        description: 'The answer, whole or as a stream of chunks.',
        json: chatCompletion,
        events: chunks,
        headers: chatHeaders,
      },
    },
    errors: chatErrors,
  },
  'POST /v1/messages': {
    tag: 'Messages',
    summary: 'Ask',
    description: 'Anthropic’s form. With `stream` the answer comes as events, ended by `message_stop` or `error`.',
    body: { json: requestSchema('MessageRequest', anthropicBody), example: { model, max_tokens: 1000, messages } },
    answers: {
      200: {
        description: 'The answer, whole or as a stream of events.',
        json: message,
        events: { byName: messageEvents },
        headers: chatHeaders,
      },
    },
    errors: chatErrors,
  },
  'POST /v1/messages/count_tokens': {
    tag: 'Messages',
    summary: 'Count the tokens of a request',
    description: 'Counted by Qwen’s own tokenizer; the upstream is not asked.',
    body: { json: requestSchema('MessageRequest', anthropicBody), example: { model, messages } },
    answers: { 200: { description: 'The count.', json: anthropicTokenCount } },
    errors: ['unsupported_parameter'],
  },
  'POST /api/chat': native,
  'POST /api/chat/completions': native,
} as const satisfies RouteDocuments;
