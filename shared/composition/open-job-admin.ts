import { AuditLog } from '../admin/audit/audit-log.ts';
import { JobPreviews } from '../admin/jobs/job-previews.ts';
import { createJobRoutes } from '../admin/jobs/job-routes.ts';
import type { Job } from '../jobs/job.ts';
import type { JobStore } from '../jobs/job-store.ts';
import { listStoredKeys } from '../keys/stored-keys.ts';
import { Calendar } from '../metering/calendar.ts';
import { ObjectLinks } from '../objects/object-links.ts';
import type { Environment } from '../read-settings.ts';
import { RequestLog } from '../usage/request-log.ts';
import { settleVideo } from '../videos/settle-video.ts';
import { VideoLinks } from '../videos/video-links.ts';
import type { Access } from './open-access.ts';

export interface JobAdminOptions {
  readonly store: JobStore;
  readonly tidy: (job: Job) => Promise<void>;
}

/** The handlers of the admin API's paths for jobs. */
export function openJobAdmin(
  { table, settings, metering }: Access,
  { store, tidy }: JobAdminOptions,
  environment: Environment,
) {
  const objects = new ObjectLinks(environment);
  return createJobRoutes({
    store,
    requests: new RequestLog({ table, calendar: new Calendar(settings.text('TIME_ZONE')) }),
    previews: new JobPreviews({
      videos: new VideoLinks(objects),
      objects,
      resultDays: settings.integer('RESULT_DAYS'),
    }),
    audit: new AuditLog(table),
    listKeys: () => listStoredKeys(table, false),
    tidy,
    settle: (job) => settleVideo(metering, job),
  });
}
