import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { openNativeFiles } from '../../shared/composition/open-native-files.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';

export const handler = liveEndpoint('native-files', (access) => {
  const upstream = openUpstream(access, access.environment);
  return { handlers: openNativeFiles(access, upstream, access.environment), flush: upstream.flush };
});
