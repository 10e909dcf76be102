import type { AnswerRoute } from '../http/endpoint.ts';
import { LinkedObjects } from '../objects/linked-objects.ts';
import { ObjectLinks } from '../objects/object-links.ts';
import type { Environment, Settings } from '../read-settings.ts';
import { createRecordContent, recordingEnd } from '../usage/record-content.ts';

/**
 * Keeps what is said, when the owner has asked for that, and where there is a bucket for it.
 *
 * @param answer what answers routes otherwise; it is not touched when nothing is kept.
 */
export function openRecording(settings: Settings, environment: Environment, answer: AnswerRoute): AnswerRoute {
  const until = recordingEnd(settings.text('RECORD_CONTENT_UNTIL'), Date.now());
  if (until === 0 || (environment.BUCKET_NAME ?? '') === '') return answer;
  const objects = new LinkedObjects(new ObjectLinks(environment));
  return createRecordContent({ until, put: (key, bytes, options) => objects.put(key, bytes, options) }, answer);
}
