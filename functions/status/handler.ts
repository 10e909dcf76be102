import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { openAccountHealth } from '../../shared/composition/open-account-health.ts';
import { createShowInfo } from '../../shared/endpoints/show-info.ts';
import { createShowStatus } from '../../shared/endpoints/show-status.ts';

export const handler = liveEndpoint('status', (access) => {
  const { settings } = access;
  const pool = openAccountHealth(access);
  const upstreamLabel = settings.text('UPSTREAM_LABEL');
  const showStatus = createShowStatus({ pool, upstreamUrl: settings.text('QWEN_CHAT_PROXY_URL'), upstreamLabel });
  const showInfo = createShowInfo({
    pool,
    upstreamLabel,
    openMode: settings.boolean('OPEN_MODE'),
    defaultModel: settings.text('DEFAULT_MODEL'),
  });
  return { handlers: { 'GET /api/status': showStatus, 'GET /api/info': showInfo } };
});
