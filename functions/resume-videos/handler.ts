import { openAccess } from '../../shared/composition/open-access.ts';
import { openResumeVideos, type ResumeReport } from '../../shared/composition/open-resume-videos.ts';

const access = openAccess(process.env);
const resume = openResumeVideos(access, process.env);

/** Called every few minutes. */
export const handler = async (): Promise<ResumeReport> => {
  const report = await resume();
  if (report.open > 0) access.logger.info('videos resumed', { ...report });
  return report;
};
