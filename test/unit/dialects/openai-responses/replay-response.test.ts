import { describe, expect, it } from 'vitest';
import { TruncatedAnswerError } from '../../../../shared/chat/errors/answer-faults.ts';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import { ResponseReplay } from '../../../../shared/dialects/openai-responses/replay-response.ts';
import { recordedAnswers } from '../recorded-answers.ts';
import { call, clientOf, end, eventsIn, identity, read, text, thought } from './responses-fixture.ts';

const tools = [
  { type: 'function', name: 'get_weather' },
  { type: 'custom', name: 'shell' },
];

/** A response as it comes out of the store. */
function stored(answer: readonly (readonly ChatEvent[])[], body: object = {}) {
  const whole = read({ tools, ...body }).wholeWriter(identity);
  for (const batch of answer) whole.write(batch);
  const { status } = whole.body();
  return { ...JSON.parse(JSON.stringify(whole.body())), status };
}

const replayed = (response: ReturnType<typeof stored>, after = -1) => {
  const replay = new ResponseReplay(after);
  return replay.begin(response) + replay.end(response);
};

const circle = { action: 'generate', prompt: 'A circle', quality: 'auto', background: 'auto' } as const;

const answers = {
  ...recordedAnswers,
  calls: [
    [thought('hm'), text('See: ')],
    call('get_weather', ['{"city":"Paris"}']),
    call('shell', ['ls'], 'text'),
    [end('tool-calls')],
  ],
  cut: [[text('One, tw')], [end('length')]],
  picture: [
    [text('Here: '), { type: 'picture-call-start' }],
    [{ type: 'picture-call-end', picture: { ...circle, base64: 'iVBORw0KGgo=' } }],
    [{ type: 'picture-call-start' }],
    [{ type: 'picture-call-end', picture: { ...circle, base64: '' } }, end('stop')],
  ],
  'half a picture': [[{ type: 'picture-call-start' }], [end('content-filter')]],
} satisfies Readonly<Record<string, readonly (readonly ChatEvent[])[]>>;

describe('a stored response as a stream', () => {
  it.each(Object.entries(answers))('is the same %s response again', async (_kind, answer) => {
    const response = stored(answer);
    const stream = clientOf(replayed(response)).responses.stream({ model: 'm', input: 'x' });
    const { output_text: _text, output_parsed: _parsed, ...again } = await stream.finalResponse();
    const withoutParsed = JSON.stringify(again, (key, value) => (key.startsWith('parsed') ? undefined : value));
    expect(JSON.parse(withoutParsed)).toEqual(response);
  });

  it('goes on behind any event, with the same numbers', () => {
    const response = stored(answers.calls, { background: true });
    const all = eventsIn(replayed(response));
    expect(all.map((event) => event.sequence_number)).toEqual(all.map((_, index) => index));
    expect(all.slice(0, 3).map(({ type }) => type)).toEqual([
      'response.created',
      'response.queued',
      'response.in_progress',
    ]);
    for (const { sequence_number: after } of all) {
      expect(eventsIn(replayed(response, after))).toEqual(all.slice(after + 1));
    }
  });

  it('stays alive with events that are no news', () => {
    const response = stored(answers.cut, { background: true });
    const replay = new ResponseReplay(-1);
    const begun = eventsIn(replay.begin(response));
    const [idle] = eventsIn(replay.idle(response));
    expect(idle).toMatchObject({
      type: 'response.in_progress',
      sequence_number: begun.length - 1,
      response: { status: 'in_progress', output: [], usage: null },
    });
    expect(eventsIn(replay.end(response))[0]?.sequence_number).toBe(begun.length);
  });

  it('ends as failed when it failed or was cancelled', () => {
    const writer = read({}).streamWriter(identity);
    writer.write([text('Hal')]);
    writer.fail(new TruncatedAnswerError('Cut.'));
    const failed = eventsIn(replayed({ ...writer.response() }));
    expect(failed.at(-1)).toMatchObject({
      type: 'response.failed',
      response: { status: 'failed', error: { message: 'Cut.' } },
    });
    const cancelled = { ...read({ background: true }).queued(identity), status: 'cancelled' };
    expect(eventsIn(replayed(cancelled)).at(-1)).toMatchObject({
      type: 'response.failed',
      response: { status: 'cancelled' },
    });
  });
});
