import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { openSettingsAdmin } from '../../shared/composition/open-settings-admin.ts';

export const handler = liveEndpoint('admin-settings', (access, live) => ({
  handlers: openSettingsAdmin(access, live),
}));
