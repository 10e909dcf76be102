import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { openBackup } from '../../shared/composition/open-backup.ts';
import { version } from '../../shared/endpoints/show-info.ts';

export const handler = liveEndpoint('admin-backup', (access, live) => ({
  handlers: openBackup(access, live, version),
}));
