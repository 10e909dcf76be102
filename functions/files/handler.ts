import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { openFiles } from '../../shared/composition/open-files.ts';

export const handler = liveEndpoint('files', (access) => ({ handlers: openFiles(access) }));
