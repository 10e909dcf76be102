import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { openAliasAdmin } from '../../shared/composition/open-alias-admin.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { createListModels, createShowModel } from '../../shared/endpoints/list-models.ts';
import { sayHello } from '../../shared/endpoints/say-hello.ts';

export const handler = liveEndpoint('models', (access) => {
  const upstream = openUpstream(access, access.environment);
  const list = createListModels(upstream.catalogue, access.settings.boolean('SIMPLE_MODEL_MAP'));
  const show = createShowModel(upstream.modelNames);
  return {
    handlers: {
      'GET /v1/models': list('told'),
      'GET /v1/models/{model}': show('told'),
      'GET /v1beta/models': list('gemini'),
      'GET /v1beta/models/{model}': show('gemini'),
      'GET /api/models': list('native'),
      'GET /models': list('openai-chat'),
      'GET /api/hello': sayHello,
      ...openAliasAdmin(access, upstream),
    },
    flush: upstream.flush,
  };
});
