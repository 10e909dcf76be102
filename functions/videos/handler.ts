import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { openVideos } from '../../shared/composition/open-videos.ts';

export const handler = liveEndpoint('videos', (access) => {
  const upstream = openUpstream(access, access.environment);
  return { handlers: openVideos(access, upstream, access.environment), flush: upstream.flush };
});
