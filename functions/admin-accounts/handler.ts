import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { openAdmin } from '../../shared/composition/open-admin.ts';

export const handler = liveEndpoint('admin-accounts', (access) => ({
  handlers: openAdmin(access, access.environment),
}));
