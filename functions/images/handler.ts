import { openAccess } from '../../shared/composition/open-access.ts';
import { openImages } from '../../shared/composition/open-images.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { createEndpoint } from '../../shared/http/endpoint.ts';

const access = openAccess(process.env);
const upstream = openUpstream(access, process.env);

export const handler = createEndpoint(
  'images',
  openImages(access, upstream, process.env),
  access.endpoint,
  upstream.flush,
);
