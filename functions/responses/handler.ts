import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { openResponses } from '../../shared/composition/open-responses.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';

export const handler = liveEndpoint('responses', (access) => {
  const upstream = openUpstream(access, access.environment);
  return { handlers: openResponses(access, upstream, access.environment), flush: upstream.flush };
});
