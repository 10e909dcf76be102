import { openAccess } from '../../shared/composition/open-access.ts';
import { dialectSettings, openChatService } from '../../shared/composition/open-chat-service.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { createGemini } from '../../shared/dialects/gemini/gemini.ts';
import { createEndpoint, type RouteHandler } from '../../shared/http/endpoint.ts';

const access = openAccess(process.env);
const upstream = openUpstream(access, process.env);
const chats = openChatService(access, upstream, process.env);
const settings = dialectSettings(access.settings);
const wholeDialect = createGemini(settings, 'generateContent');
const streamedDialect = createGemini(settings, 'streamGenerateContent');

const generate: RouteHandler = (call) => chats.answer(wholeDialect, call, 'single-answer');
const stream: RouteHandler = (call) => chats.answer(streamedDialect, call, 'single-answer');

export const handler = createEndpoint(
  'gemini',
  {
    'POST /v1beta/models/{model}:generateContent': generate,
    'POST /v1beta/models/{model}:streamGenerateContent': stream,
    'POST /v1/models/{model}:generateContent': generate,
    'POST /v1/models/{model}:streamGenerateContent': stream,
  },
  access.endpoint,
  upstream.flush,
);
