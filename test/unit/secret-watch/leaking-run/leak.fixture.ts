import { inject, it } from 'vitest';
import { Recording } from '../../../support/secret-watch/recording.ts';
import '../../../support/secret-watch/secret-check.ts';

it('passes, and leaks', async () => {
  const recording = new Recording(inject('recordings') ?? '', 'the leaking test');
  recording.secret('s3cret of the fixture');
  recording.line('{"message":"nothing here"}');
  recording.line(`{"url":"/?password=${encodeURIComponent('s3cret of the fixture')}"}`);
  await recording.close();
});
