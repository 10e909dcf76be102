import { measureBurst } from './burst.ts';
import { measureFirstToken } from './first-token.ts';
import { type Job, jobSchema, type Outcome } from './job.ts';
import { measureMedia } from './media.ts';
import { measureOpenStreams } from './open-streams.ts';
import { measureSaturated } from './saturated.ts';

// The load generator: one job a message, one answer a job.

process.once('disconnect', () => process.exit());
process.on('message', (message) => {
  run(jobSchema.parse(message)).then(
    (outcome) => process.send?.({ outcome }),
    (error: unknown) => process.send?.({ failure: error instanceof Error ? error.message : String(error) }),
  );
});

function run(job: Job): Promise<Outcome> {
  switch (job.kind) {
    case 'first-token':
      return measureFirstToken(job);
    case 'saturated':
      return measureSaturated(job);
    case 'burst':
      return measureBurst(job);
    case 'open-streams':
      return measureOpenStreams(job);
    case 'media':
      return measureMedia(job);
  }
}
