import { JobStore } from '../jobs/job-store.ts';
import { OpenJobs } from '../jobs/open-jobs.ts';
import type { Access } from './open-access.ts';

/** The rows of all jobs, and the list of those that are not over. */
export function openJobs({ table, settings }: Access) {
  const store = new JobStore({ table, keepDays: settings.integer('VIDEO_KEEP_DAYS') });
  return { store, open: new OpenJobs(table, store) };
}
