import { deletedJob, job, jobList } from '../answers/jobs.ts';
import { oneOf } from '../json-schema.ts';
import { after, limitOf } from '../requests/queries.ts';
import type { RouteDocuments } from '../route-document.ts';

const unknown = ['job_not_found'];

/** Videos and pictures of all keys. */
export const jobRoutes = {
  'GET /admin/jobs': {
    tag: 'Admin: usage',
    summary: 'List videos and pictures of all keys',
    description: 'Newest first.',
    query: {
      kind: oneOf('video', 'image'),
      status: oneOf('queued', 'in_progress', 'completed', 'failed', 'cancelled'),
      limit: limitOf(100, 50),
      after,
    },
    answers: { 200: { description: 'A page of jobs.', json: jobList } },
  },
  'GET /admin/jobs/{id}': {
    tag: 'Admin: usage',
    summary: 'Look at a job',
    answers: { 200: { description: 'The job as it is now.', json: job } },
    errors: unknown,
  },
  'POST /admin/jobs/{id}/cancel': {
    tag: 'Admin: usage',
    summary: 'Cancel a job',
    answers: { 200: { description: 'The job as it is now.', json: job } },
    errors: [...unknown, 'job_over'],
  },
  'DELETE /admin/jobs/{id}': {
    tag: 'Admin: usage',
    summary: 'Delete a video job',
    description: 'As its caller would. What was used stays counted.',
    answers: { 200: { description: 'It is gone.', json: deletedJob } },
    errors: unknown,
  },
} as const satisfies RouteDocuments;
