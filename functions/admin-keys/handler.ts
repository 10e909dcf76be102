import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { openKeyAdmin } from '../../shared/composition/open-key-admin.ts';

export const handler = liveEndpoint('admin-keys', (access) => ({ handlers: openKeyAdmin(access) }));
