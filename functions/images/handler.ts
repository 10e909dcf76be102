import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { openImages } from '../../shared/composition/open-images.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';

export const handler = liveEndpoint('images', (access) => {
  const upstream = openUpstream(access, access.environment);
  return { handlers: openImages(access, upstream, access.environment), flush: upstream.flush };
});
