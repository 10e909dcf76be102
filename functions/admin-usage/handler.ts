import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { openUsage } from '../../shared/composition/open-usage.ts';

export const handler = liveEndpoint('admin-usage', (access) => ({ handlers: openUsage(access, access.environment) }));
