import type { RouteHandler, RouteKey } from '../http/endpoint.ts';
import type { Job } from '../jobs/job.ts';
import { LinkedObjects } from '../objects/linked-objects.ts';
import { ObjectLinks } from '../objects/object-links.ts';
import type { Environment } from '../read-settings.ts';
import { createVideoRoutes } from '../videos/video-routes.ts';
import { withAccount } from '../videos/with-account.ts';
import type { Access } from './open-access.ts';
import { openJobAdmin } from './open-job-admin.ts';
import type { Upstream } from './open-upstream.ts';
import { openVideoService } from './open-video-service.ts';
import { openVideoWork, tidyLimit } from './open-video-work.ts';

/** The handlers of every path about videos, and of the admin API's about jobs. */
export function openVideos(
  access: Access,
  upstream: Upstream,
  environment: Environment,
): Readonly<Record<RouteKey, RouteHandler>> {
  const work = openVideoWork(access, upstream, environment);
  const objects = new LinkedObjects(new ObjectLinks(environment));
  const tidy = async (job: Job) => {
    const { chatId, accountId, resultKey } = job;
    const copy = resultKey === undefined ? undefined : objects.delete(resultKey);
    const signal = AbortSignal.timeout(tidyLimit);
    const chat =
      chatId === undefined || accountId === undefined
        ? undefined
        : withAccount(work, job, signal, ({ credentials }) => work.deleteChat(chatId, credentials));
    await Promise.all([copy, chat]);
  };
  const routes = createVideoRoutes({
    videos: openVideoService(access, upstream, environment),
    store: work.store,
    tidy,
    metering: access.metering,
    idleAfter: access.settings.integer('IDLE_EVENT_SECONDS') * 1000,
  });
  return { ...routes, ...openJobAdmin(access, { store: work.store, tidy }, environment) };
}
