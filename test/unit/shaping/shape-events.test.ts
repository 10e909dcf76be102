import { describe, expect, it } from 'vitest';
import type { ChatEvent, ChatEvents } from '../../../shared/chat/event.ts';
import { shapeEvents } from '../../../shared/chat/shaping/shape-events.ts';
import { collect, finish, shape, text, textFormat } from './shape-pieces.ts';

async function* failing(): AsyncGenerator<readonly ChatEvent[]> {
  yield [text('a')];
  throw new Error('cut');
}

/** A source that tells whether and when it was left. */
function watched(batches: readonly (readonly ChatEvent[])[]): { events: ChatEvents; left: () => number | undefined } {
  let given = 0;
  let leftAfter: number | undefined;
  const iterator: AsyncIterator<readonly ChatEvent[]> = {
    next: async () => {
      const value = batches[given];
      given += 1;
      return value === undefined ? { done: true, value } : { done: false, value };
    },
    return: async () => {
      leftAfter = given;
      return { done: true, value: undefined };
    },
  };
  return { events: { [Symbol.asyncIterator]: () => iterator }, left: () => leftAfter };
}

describe('shaping', () => {
  it('gives the events themselves when there is nothing to do', () => {
    const events = failing();
    expect(shapeEvents(events, textFormat)).toBe(events);
  });

  it('never gives an empty batch', async () => {
    const shaped = await shape([[text('E')], [text('N')], [text('x')], [finish]], { stop: ['END'] });
    expect(shaped.batches).toEqual([[text('ENx')], [finish]]);
  });

  it('passes a failure on', async () => {
    const shaped = shapeEvents(failing(), { ...textFormat, limits: { maxOutputTokens: 10, stopSequences: ['x'] } });
    await expect(collect(shaped)).rejects.toThrow('cut');
  });

  it('leaves the upstream as soon as the answer is cut', async () => {
    const source = watched([[text('a')], [text('bEND')], [text('c')], [finish]]);
    const all = await collect(shapeEvents(source.events, { ...textFormat, limits: { stopSequences: ['END'] } }));
    expect(all.at(-1)).toEqual([text('b'), { ...finish, stopSequence: 'END' }]);
    expect(source.left()).toBe(2);
  });

  it('leaves the upstream when its own reader leaves', async () => {
    const source = watched([[text('a')], [text('b')], [finish]]);
    for await (const batch of shapeEvents(source.events, { ...textFormat, format: { type: 'json' } })) {
      expect(batch).toBeDefined();
    }
    expect(source.left()).toBeUndefined();
    const again = watched([[text('a')], [text('b')], [finish]]);
    for await (const batch of shapeEvents(again.events, { ...textFormat, limits: { stopSequences: ['x'] } })) {
      expect(batch).toEqual([text('a')]);
      break;
    }
    expect(again.left()).toBe(1);
  });

  it.each([
    [{ max: 100, stop: ['never'], json: true }, '{"a":1}', 'stop'],
    [{ max: 5, stop: ['1}'], json: true }, '{"a":', 'stop'],
    [{ max: 3, stop: ['1}'], json: true }, '{"', 'length'],
  ] as const)('joins limits: %j', async (wanted, left, reason) => {
    const shaped = await shape([[text('Answer:   '), text('{"a":1}')], [finish]], wanted);
    expect({ text: shaped.text, finish: shaped.finish }).toEqual({ text: left, finish: reason });
  });
});
