import { openAccess } from '../../shared/composition/open-access.ts';
import { openAliasAdmin } from '../../shared/composition/open-alias-admin.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { createListModels, createShowModel } from '../../shared/endpoints/list-models.ts';
import { sayHello } from '../../shared/endpoints/say-hello.ts';
import { createEndpoint } from '../../shared/http/endpoint.ts';

const access = openAccess(process.env);
const upstream = openUpstream(access, process.env);
const list = createListModels(upstream.catalogue, access.settings.boolean('SIMPLE_MODEL_MAP'));
const show = createShowModel(upstream.modelNames);

export const handler = createEndpoint(
  'models',
  {
    'GET /v1/models': list('told'),
    'GET /v1/models/{model}': show('told'),
    'GET /v1beta/models': list('gemini'),
    'GET /v1beta/models/{model}': show('gemini'),
    'GET /api/models': list('native'),
    'GET /models': list('openai-chat'),
    'GET /api/hello': sayHello,
    ...openAliasAdmin(access, upstream),
  },
  access.endpoint,
  upstream.flush,
);
