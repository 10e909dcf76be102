import { openAccess } from '../../shared/composition/open-access.ts';
import { openAccountHealth } from '../../shared/composition/open-account-health.ts';
import { createShowStatus } from '../../shared/endpoints/show-status.ts';
import { createEndpoint } from '../../shared/http/endpoint.ts';

const access = openAccess(process.env);
const showStatus = createShowStatus({
  pool: openAccountHealth(access),
  upstreamUrl: access.settings.text('QWEN_CHAT_PROXY_URL'),
  upstreamLabel: access.settings.text('UPSTREAM_LABEL'),
});

export const handler = createEndpoint('status', { 'GET /api/status': showStatus }, access.endpoint);
