import { randomUUID } from 'node:crypto';
import type { OpenAiChatSettings } from '../dialects/openai-chat/options.ts';
import { responseId } from '../dialects/openai-responses/item-id.ts';
import { readResponses, readSentRequest, type SentRequest } from '../dialects/openai-responses/read-request.ts';
import type { RouteHandler } from '../http/endpoint.ts';
import type { Call } from '../http/invocation.ts';
import type { StartInBackground } from './background-start.ts';
import { captureResponse } from './captured-request.ts';
import { openConversation } from './conversation.ts';
import { keptItems } from './input-items.ts';
import type { ResponseAnswers } from './response-answers.ts';
import type { ResponseStore } from './response-store.ts';

export interface CreateResponseOptions {
  readonly answers: ResponseAnswers;
  readonly store: ResponseStore;
  readonly settings: OpenAiChatSettings;
  readonly startInBackground: StartInBackground;
}

/**
 * `POST /v1/responses`: an answer, streamed or whole, kept for later unless `store` is false. What callers with tokens of
 * their own have said is kept nowhere.
 */
export function createCreateResponse(options: CreateResponseOptions): RouteHandler {
  const { answers, store, settings, startInBackground } = options;
  return async (call) => {
    const sent = withStore(readSentRequest(call.body), call);
    const conversation = await openConversation(sent, call.caller.id, store);
    const read = readResponses(sent, settings, conversation);
    const id = randomUUID();
    const key = { callerId: call.caller.id, id: responseId(id) };
    const input = () => keptItems(conversation?.items ?? sent.items, key.id);
    if (sent.body.background === true) {
      return startInBackground({ call, key, read, identityId: id, request: withoutInput(sent), input: input() });
    }
    if (sent.body.store === false) return answers.answer(read, call, { id });
    const { request, response } = captureResponse(read);
    const beforeEnd = async () => {
      const answer = response();
      if (answer !== undefined) await store.create(key, { response: answer, input: input() }, answer.status);
    };
    return answers.answer(request, call, { id, beforeEnd });
  };
}

/** The response tells its reader whether it is kept. */
function withStore(sent: SentRequest, { caller }: Call): SentRequest {
  return caller.tokens === undefined ? sent : { ...sent, body: { ...sent.body, store: false } };
}

function withoutInput({ sent }: SentRequest): object {
  const { input, ...rest } = sent;
  return rest;
}
