import { openAccess } from '../../shared/composition/open-access.ts';
import { openNativeFiles } from '../../shared/composition/open-native-files.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { createEndpoint } from '../../shared/http/endpoint.ts';

const access = openAccess(process.env);
const upstream = openUpstream(access, process.env);

export const handler = createEndpoint(
  'native-files',
  openNativeFiles(access, upstream, process.env),
  access.endpoint,
  upstream.flush,
);
