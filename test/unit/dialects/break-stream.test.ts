import { expect, it } from 'vitest';
import type { DialectName } from '../../../shared/chat/dialect.ts';
import { IdempotentAnswerLostError } from '../../../shared/chat/errors/idempotency-errors.ts';
import { breakStream } from '../../../shared/dialects/break-stream.ts';
import type { DialectDoor } from '../../support/dialect-doors/dialect-door.ts';
import { dialectDoors } from '../../support/dialect-doors/dialect-doors.ts';
import { readServerSentEvents } from '../../support/server-sent-events.ts';

const error = new IdempotentAnswerLostError();
const doors: readonly (readonly [string, DialectDoor])[] = Object.entries(dialectDoors);
const events = { requestId: 'req_1', contentType: 'text/event-stream; charset=utf-8', lastSent: '' };

function isDialect(name: string): name is DialectName {
  return Object.hasOwn(dialectDoors, name);
}

it.each(doors)('a stream of %s that is passed on breaks off as its own writer would do it', (name, door) => {
  if (!isDialect(name)) throw new Error(`no dialect: ${name}`);
  const text = breakStream(name, error, events);
  const tail = door.brokenTail ?? '';
  expect(text.endsWith(`\n\n${tail}`)).toBe(true);
  const reading = door.readStream(readServerSentEvents(text.slice(0, text.length - tail.length)));
  expect(reading).toMatchObject({ text: '', error: door.wordsOf(error), terminated: false });
});

it('an array of Gemini is closed behind the error', () => {
  const text = breakStream('gemini', error, { ...events, contentType: 'application/json; charset=utf-8' });
  expect(JSON.parse(`[{"candidates":[]}${text}`)).toMatchObject([{}, { error: { code: 503, status: 'UNAVAILABLE' } }]);
});

it('an error of responses has the number behind the last event’s, whatever the answer says', () => {
  const lastSent =
    'event: response.in_progress\ndata: {"type":"response.in_progress","sequence_number":7}\n\n' +
    `event: response.output_text.delta\ndata: {"delta":${JSON.stringify('"sequence_number":99')},"sequence_number":8}\n\n`;
  expect(breakStream('openai-responses', error, { ...events, lastSent })).toContain('"sequence_number":9,');
});
