import { liveWorker } from '../../shared/composition/live-worker.ts';
import { openResumeVideos, type ResumeReport } from '../../shared/composition/open-resume-videos.ts';

/** Called every few minutes. */
export const handler = liveWorker((access) => {
  const resume = openResumeVideos(access, access.environment);
  return async (): Promise<ResumeReport> => {
    const report = await resume();
    if (report.open > 0) access.logger.info('videos resumed', { ...report });
    return report;
  };
});
