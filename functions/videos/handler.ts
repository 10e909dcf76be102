import { openAccess } from '../../shared/composition/open-access.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { openVideos } from '../../shared/composition/open-videos.ts';
import { createEndpoint } from '../../shared/http/endpoint.ts';

const access = openAccess(process.env);
const upstream = openUpstream(access, process.env);

export const handler = createEndpoint(
  'videos',
  openVideos(access, upstream, process.env),
  access.endpoint,
  upstream.flush,
);
