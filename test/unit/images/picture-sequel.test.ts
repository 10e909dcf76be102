import { describe, expect, it } from 'vitest';
import { ContentFilterError } from '../../../shared/chat/errors/answer-faults.ts';
import type { ChatEvent, ChatEvents } from '../../../shared/chat/event.ts';
import type { ContentPart } from '../../../shared/chat/request.ts';
import { Background } from '../../../shared/http/background.ts';
import type { PictureCall, PictureCalls, PictureWishes } from '../../../shared/images/called-picture.ts';
import { PictureSequel } from '../../../shared/images/picture-sequel.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { eventsOf, finish, start, text } from '../../support/chat-events.ts';
import { chatRequest } from '../qwen-web/chat-request.ts';

const shownPicture: ContentPart = { type: 'image', url: 'https://example.com/a.png' };
const wishes: PictureWishes = { isDetailed: false, isOpaque: false, action: 'auto' };
const facts = { action: 'generate', quality: 'auto', background: 'auto' } as const;
const call = {
  requestId: 'request',
  caller: { id: 'key', role: 'user' as const },
  parameters: {},
  query: {},
  headers: {},
  body: undefined,
  background: new Background(createLogger('error')),
  remainingMilliseconds: () => 60_000,
  note: () => {},
};

/** The model's call for a picture, in pieces. */
function calls(args: object | string, name = 'image_generation'): readonly ChatEvent[] {
  const written = typeof args === 'string' ? args : JSON.stringify(args);
  return [
    { type: 'tool-call-start', id: `call-${name}`, name, input: 'json' },
    { type: 'tool-call-delta', text: written.slice(0, 5) },
    { type: 'tool-call-delta', text: written.slice(5) },
    { type: 'tool-call-end' },
  ];
}

/** A sequel whose pictures are made by `done`, and what was asked for. */
function open(more: Partial<PictureWishes> = {}, done?: Awaited<ReturnType<PictureCalls['begin']>>['done']) {
  const asked: PictureCall[] = [];
  let abandoned = 0;
  const begin: PictureCalls['begin'] = async (wanted) => {
    asked.push(wanted);
    const picture = { base64: `picture ${asked.length}`, prompt: 'x', ...facts };
    return {
      done: done ?? Promise.resolve({ picture, usage: undefined }),
      headers: {},
      abandon: () => (abandoned += 1),
    };
  };
  const request = chatRequest({
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Draw' }, shownPicture] }],
  });
  const sequel = new PictureSequel({
    pictures: { begin },
    request: { ...request, model: 'qwen' },
    wishes: { ...wishes, ...more },
    toolName: 'image_generation',
    call,
  });
  return { sequel, asked, abandoned: () => abandoned };
}

async function all(events: ChatEvents): Promise<readonly ChatEvent[]> {
  return (await Array.fromAsync(events)).flat();
}

const { signal } = new AbortController();
const wordsAsked = ({ messages }: PictureCall) => messages[0]?.content;

describe('PictureSequel', () => {
  it('leaves an answer without calls as it is', async () => {
    const { sequel } = open();
    const events = [[start], [text('Hello')], calls({ city: 'Paris' }, 'get_weather'), [finish]];
    expect(await all(sequel.read(eventsOf(events)))).toEqual(events.flat());
    expect(sequel.isDue).toBe(false);
    expect(await all(sequel.follow(signal))).toEqual([]);
  });

  it('takes the call out, holds the end back, and tells both behind the picture', async () => {
    const { sequel, asked } = open();
    const events = [
      [start, text('Here')],
      [...calls({ prompt: 'A circle' }), finish],
    ];
    expect(await all(sequel.read(eventsOf(events)))).toEqual([start, text('Here'), { type: 'picture-call-start' }]);
    expect(asked).toEqual([]);
    const told = await all(sequel.follow(signal));
    expect(told).toEqual([
      { type: 'picture-call-end', picture: expect.objectContaining({ base64: 'picture 1' }) },
      finish,
    ]);
    expect(asked.map(wordsAsked)).toEqual([[{ type: 'text', text: 'A circle' }]]);
  });

  it('lets the client’s own calls through, before and behind', async () => {
    const { sequel } = open();
    const own = calls({ city: 'Paris' }, 'get_weather');
    const events = [[...own, ...calls({ prompt: 'A circle' }), ...own, finish]];
    expect(await all(sequel.read(eventsOf(events)))).toEqual([...own, ...own, { type: 'picture-call-start' }]);
  });

  it('makes four at most', async () => {
    const { sequel, asked } = open();
    const events = [...Array.from({ length: 6 }, (_, index) => calls({ prompt: `No. ${index}` })), [finish]];
    await all(sequel.read(eventsOf(events)));
    const told = await all(sequel.follow(signal));
    expect(told.filter(({ type }) => type === 'picture-call-end')).toHaveLength(4);
    expect(told.filter(({ type }) => type === 'picture-call-start')).toHaveLength(3);
    expect(asked).toHaveLength(4);
  });

  it('is not due for a call that broke off', async () => {
    const { sequel } = open();
    const cut = calls({ prompt: 'A circle' }).slice(0, 2);
    const end: ChatEvent = { type: 'finish', reason: 'length' };
    expect(await all(sequel.read(eventsOf([[text('Here'), ...cut, end]])))).toEqual([text('Here'), end]);
    expect(sequel.isDue).toBe(false);
  });

  it.each([
    [{}, { prompt: 'Red', change: true }, ['Red', shownPicture]],
    [{}, { prompt: 'Red', change: false }, ['Red']],
    [{}, { prompt: ' ' }, ['Draw']],
    [{}, { prompt: 7 }, ['Draw']],
    [{}, '[]', ['Draw']],
    [{ action: 'generate' }, { prompt: 'Red', change: true }, ['Red']],
    [{ action: 'edit' }, { prompt: 'Red' }, ['Red', shownPicture]],
  ] as const)('with the tool %j, makes of %j', async (more, args, [words, ...pictures]) => {
    const { sequel, asked } = open(more);
    await all(sequel.read(eventsOf([calls(args), [finish]])));
    await all(sequel.follow(signal));
    expect(asked.map(wordsAsked)).toEqual([[{ type: 'text', text: words }, ...pictures]]);
  });

  it('throws what the picture throws', async () => {
    const { sequel } = open({}, Promise.reject(new ContentFilterError('no')));
    await all(sequel.read(eventsOf([calls({ prompt: 'A circle' }), [finish]])));
    await expect(all(sequel.follow(signal))).rejects.toBeInstanceOf(ContentFilterError);
  });

  it('gives the picture up when nobody waits any more', async () => {
    const making = Promise.withResolvers<never>();
    const { sequel, abandoned } = open({}, making.promise);
    await all(sequel.read(eventsOf([calls({ prompt: 'A circle' }), [finish]])));
    const controller = new AbortController();
    const following = all(sequel.follow(controller.signal));
    controller.abort();
    making.reject(new ContentFilterError('given up'));
    await expect(following).rejects.toThrow('given up');
    expect(abandoned()).toBe(1);
  });
});
