import { JobRuns } from '../jobs/job-runs.ts';
import type { Environment } from '../read-settings.ts';
import { type ResumeReport, resumeVideos } from '../videos/resume-videos.ts';
import type { Access } from './open-access.ts';
import { openJobs } from './open-jobs.ts';

export type { ResumeReport } from '../videos/resume-videos.ts';

/** @returns starts those videos again that nobody works on. */
export function openResumeVideos(access: Access, environment: Environment): () => Promise<ResumeReport> {
  const runs = new JobRuns(environment);
  const { metering } = access;
  return () => resumeVideos({ ...openJobs(access), runs, metering, now: Date.now });
}
