import type { RouteHandler, RouteKey } from '../http/endpoint.ts';
import { PictureCalls } from '../images/called-picture.ts';
import { fetchPicture } from '../images/fetch-picture.ts';
import { PictureMaker } from '../images/picture-maker.ts';
import { PictureSource } from '../images/picture-source.ts';
import { meterRoute } from '../metering/meter-route.ts';
import type { Environment } from '../read-settings.ts';
import { createAnswerWorker } from '../responses/answer-worker.ts';
import { createStartInBackground } from '../responses/background-start.ts';
import { createCreateResponse } from '../responses/create-response.ts';
import { createFollowResponse } from '../responses/follow-response.ts';
import { ResponseAnswers } from '../responses/response-answers.ts';
import { createResponseRoutes } from '../responses/response-routes.ts';
import { createStartRun } from '../responses/response-runs.ts';
import { type ResponseKey, ResponseStore } from '../responses/response-store.ts';
import { createReauthorize } from './authorize.ts';
import type { Access } from './open-access.ts';
import { dialectSettings, openChatService } from './open-chat-service.ts';
import { openRequestMedia } from './open-request-media.ts';
import type { Upstream } from './open-upstream.ts';

export { readResponseTask } from '../responses/response-task.ts';

/** The handlers of every path of the Responses API. */
export function openResponses(
  access: Access,
  upstream: Upstream,
  environment: Environment,
): Readonly<Record<RouteKey, RouteHandler>> {
  const store = openStore(access);
  const follow = createFollowResponse({ store, idleAfter: access.settings.integer('IDLE_EVENT_SECONDS') * 1000 });
  const startRun = createStartRun(environment);
  const { modelNames } = upstream;
  return {
    'POST /v1/responses': createCreateResponse({
      answers: openAnswers(access, upstream, environment),
      store,
      settings: dialectSettings(access.settings),
      startInBackground: createStartInBackground({ store, modelNames, startRun, follow }),
    }),
    ...createResponseRoutes({ store, follow }),
  };
}

/** @returns does one step of a response in the background. */
export function openAnswerWorker(access: Access, upstream: Upstream) {
  const answers = openAnswers(access, upstream);
  const settings = dialectSettings(access.settings);
  const callerOf = createReauthorize(access.keys);
  const { logger, metering } = access;
  const meter = (handle: RouteHandler) =>
    meterRoute(metering, { path: '/v1/responses', dialect: 'openai-responses', kind: 'chat' }, handle);
  const release = ({ callerId, id }: ResponseKey) => metering.queued.release(callerId, id);
  return createAnswerWorker({ answers, meter, release, callerOf, store: openStore(access), settings, logger });
}

function openAnswers(access: Access, upstream: Upstream, environment?: Environment): ResponseAnswers {
  const { settings } = access;
  const { modelNames } = upstream;
  const chats = openChatService(access, upstream, environment);
  const source = new PictureSource(settings.text('QWEN_CHAT_PROXY_URL'));
  const maker = new PictureMaker({
    chats,
    media: openRequestMedia(access, upstream.upstream),
    finish: (made, _, signal) => fetchPicture(made, source, signal),
  });
  return new ResponseAnswers({
    chats,
    modelNames,
    pictures: new PictureCalls({ maker, modelNames, defaultModel: settings.text('DEFAULT_MODEL') }),
    holdFor: settings.integer('FIRST_EVENT_SECONDS') * 1000,
    idleAfter: settings.integer('IDLE_EVENT_SECONDS') * 1000,
  });
}

function openStore({ table, settings }: Access): ResponseStore {
  return new ResponseStore(table, settings.integer('RESPONSE_KEEP_DAYS'));
}
