import { openAccess } from '../../shared/composition/open-access.ts';
import { openResponses } from '../../shared/composition/open-responses.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { createEndpoint } from '../../shared/http/endpoint.ts';

const access = openAccess(process.env);
const upstream = openUpstream(access, process.env);

export const handler = createEndpoint(
  'responses',
  openResponses(access, upstream, process.env),
  access.endpoint,
  upstream.flush,
);
