import type { Environment } from '../read-settings.ts';
import { openSecretBox } from '../secrets/secret-box.ts';
import { webhookRules } from '../webhooks/webhook-rules.ts';
import { fetchWebhookKey } from '../webhooks/webhook-secret.ts';
import { WebhookSender } from '../webhooks/webhook-sender.ts';
import type { Access } from './open-access.ts';
import { openJobs } from './open-jobs.ts';
import type { Upstream } from './open-upstream.ts';

/** Videos are made by the gateway's own accounts only. */
const worker = { id: 'videos', role: 'user' } as const;
/** Milliseconds that deleting a chat may take. */
export const tidyLimit = 5_000;
/** Milliseconds, see `VideoTimes`. */
const queueLimit = 10 * 60_000;
const findPause = 1_200;

/** What steps of videos need, but for what only some of them do. */
export function openVideoWork(access: Access, { means, videos }: Upstream, environment: Environment) {
  const { settings, logger, table, metering } = access;
  const secretBox = openSecretBox(environment);
  const { attempts, upstream } = means.of(worker, () => '');
  return {
    ...openJobs(access),
    upstream: videos,
    attempts,
    logger,
    metering,
    now: Date.now,
    deleteChat: (chatId: string, credentials: Parameters<typeof upstream.deleteChat>[1]) =>
      upstream
        .deleteChat(chatId, credentials, AbortSignal.timeout(tidyLimit))
        .catch((error: unknown) => logger.info('chat of a video not deleted', { error })),
    times: {
      pollSeconds: settings.integer('VIDEO_POLL_SECONDS'),
      limit: settings.integer('VIDEO_LIMIT_MINUTES') * 60_000,
      queueLimit,
      findPause,
    },
    webhooks: {
      sender: new WebhookSender({ rules: webhookRules(settings.boolean('WEBHOOK_PRIVATE')) }),
      key: () => fetchWebhookKey(table, secretBox),
      retrySeconds: settings.integer('WEBHOOK_RETRY_SECONDS'),
    },
  };
}
