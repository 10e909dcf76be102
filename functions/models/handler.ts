import { openAccess } from '../../shared/composition/open-access.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { createListModels, createShowModel } from '../../shared/endpoints/list-models.ts';
import { createEndpoint } from '../../shared/http/endpoint.ts';

const access = openAccess(process.env);
const upstream = openUpstream(access, process.env);
const listModels = createListModels(upstream.catalogue, access.settings.boolean('SIMPLE_MODEL_MAP'));

export const handler = createEndpoint(
  'models',
  {
    'GET /v1/models': listModels,
    'GET /v1/models/{model}': createShowModel(upstream.catalogue),
    'GET /api/models': listModels,
    'GET /models': listModels,
  },
  access.endpoint,
  upstream.flush,
);
