import { createCreateJob } from '../jobs/create-job.ts';
import { JobClaims } from '../jobs/job-claims.ts';
import { JobRuns } from '../jobs/job-runs.ts';
import { ObjectLinks } from '../objects/object-links.ts';
import type { Environment } from '../read-settings.ts';
import { VideoLinks } from '../videos/video-links.ts';
import { VideoService } from '../videos/video-service.ts';
import { WebhookOrders } from '../webhooks/webhook-orders.ts';
import { webhookRules } from '../webhooks/webhook-rules.ts';
import { hasWebhookSecret } from '../webhooks/webhook-secret.ts';
import type { Access } from './open-access.ts';
import { openJobs } from './open-jobs.ts';
import type { Upstream } from './open-upstream.ts';

/** What orders videos, for whoever takes orders. */
export function openVideoService(access: Access, { modelNames }: Upstream, environment: Environment): VideoService {
  const { settings, logger } = access;
  const { store, open } = openJobs(access);
  const claims = new JobClaims(access.table);
  const createJob = createCreateJob({ store, open, claims, runs: new JobRuns(environment), logger });
  const webhooks = new WebhookOrders({
    ownUrl: settings.text('WEBHOOK_URL'),
    rules: webhookRules(settings.boolean('WEBHOOK_PRIVATE')),
    hasSecret: () => hasWebhookSecret(access.table),
  });
  const links = new VideoLinks(new ObjectLinks(environment));
  const defaultModel = settings.text('DEFAULT_MODEL');
  return new VideoService({ store, createJob, links, modelNames, webhooks, defaultModel });
}
