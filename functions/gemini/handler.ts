import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { dialectSettings, openChatService } from '../../shared/composition/open-chat-service.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { createGemini } from '../../shared/dialects/gemini/gemini.ts';
import type { RouteHandler } from '../../shared/http/endpoint.ts';

export const handler = liveEndpoint('gemini', (access) => {
  const upstream = openUpstream(access, access.environment);
  const chats = openChatService(access, upstream, access.environment);
  const settings = dialectSettings(access.settings);
  const wholeDialect = createGemini(settings, 'generateContent');
  const streamedDialect = createGemini(settings, 'streamGenerateContent');
  const generate: RouteHandler = (call) => chats.answer(wholeDialect, call, 'single-answer');
  const stream: RouteHandler = (call) => chats.answer(streamedDialect, call, 'single-answer');
  return {
    handlers: {
      'POST /v1beta/models/{model}:generateContent': generate,
      'POST /v1beta/models/{model}:streamGenerateContent': stream,
      'POST /v1/models/{model}:generateContent': generate,
      'POST /v1/models/{model}:streamGenerateContent': stream,
    },
    flush: upstream.flush,
  };
});
