import { describe, expect, it, vi } from 'vitest';
import {
  ContentFilterError,
  EmptyAnswerError,
  TruncatedAnswerError,
} from '../../../shared/chat/errors/answer-faults.ts';
import type { ChatEvent, ChatEvents, ImageEvent } from '../../../shared/chat/event.ts';
import { withLatePictures } from '../../../shared/upstreams/qwen-web/late-pictures.ts';
import { picturesOf } from '../../../shared/upstreams/qwen-web/stored-pictures.ts';

const { signal } = new AbortController();
const late: ImageEvent = { type: 'image', url: 'https://cdn.qwenlm.ai/late.png' };
const shown: ImageEvent = { type: 'image', url: 'https://cdn.qwenlm.ai/shown.png' };
const words: ChatEvent = { type: 'text-delta', text: 'Here it is.' };
const end: ChatEvent = { type: 'finish', reason: 'stop' };

async function* stream(batches: readonly (readonly ChatEvent[])[], error?: Error): ChatEvents {
  yield* batches;
  if (error !== undefined) throw error;
}

async function read(events: ChatEvents): Promise<readonly ChatEvent[]> {
  const all: ChatEvent[] = [];
  for await (const batch of events) all.push(...batch);
  return all;
}

describe('withLatePictures', () => {
  it('does not look when the stream has shown one', async () => {
    const find = vi.fn(async () => [late]);
    expect(await read(withLatePictures(stream([[shown], [words, end]]), find, signal))).toEqual([shown, words, end]);
    expect(find).not.toHaveBeenCalled();
  });

  it('does not look when the text has shown one, in pieces', async () => {
    const find = vi.fn(async () => [late]);
    const pieces = ['![a](https://cdn.', 'qwenlm.ai/a.png)'].map((text): ChatEvent => ({ type: 'text-delta', text }));
    expect(await read(withLatePictures(stream([pieces, [end]]), find, signal))).toEqual([...pieces, end]);
    expect(find).not.toHaveBeenCalled();
  });

  it('puts one that the chat holds before the end', async () => {
    expect(await read(withLatePictures(stream([[words, end]]), async () => [late], signal))).toEqual([
      words,
      late,
      end,
    ]);
  });

  it('looks again after a failure', async () => {
    let looks = 0;
    const find = async () => {
      looks += 1;
      if (looks === 1) throw new Error('no chat');
      return [late];
    };
    expect(await read(withLatePictures(stream([[end]]), find, signal))).toEqual([late, end]);
  });

  it('looks no longer than anybody waits', async () => {
    const find = vi.fn(async () => []);
    expect(await read(withLatePictures(stream([[words, end]]), find, AbortSignal.abort()))).toEqual([words, end]);
    expect(find).not.toHaveBeenCalled();
  });

  it('saves a picture whose connection broke', async () => {
    const broken = new TruncatedAnswerError('broken');
    expect(await read(withLatePictures(stream([[words]], broken), async () => [late], signal))).toEqual([
      words,
      late,
      end,
    ]);
    expect(await read(withLatePictures(stream([[shown]], broken), async () => [], signal))).toEqual([shown, end]);
  });

  it.each([new EmptyAnswerError('nothing'), new ContentFilterError('no')])('passes on %s', async (error) => {
    await expect(read(withLatePictures(stream([], error), async () => [late], signal))).rejects.toBe(error);
  });
});

describe('picturesOf', () => {
  const image = 'https://cdn.qwenlm.ai/a_display.png';
  const detail = (message: object) => ({ chat: { history: { messages: { a: { id: 'a', ...message } } } } });
  const part = { phase: 'image_gen_tool', extra: { image_list: [{ image }] } };

  it.each([
    ['its parts', { content_list: [part] }],
    ['older parts', { content_list: [{ phase: 'image_gen', content: image }] }],
    ['its content', { content: image }],
    ['its text', { content: `Look: ![it](${image})` }],
  ])('finds them in %s', (_, message) => {
    expect(picturesOf(detail({ role: 'assistant', ...message }), 'a')).toEqual([{ type: 'image', url: image }]);
  });

  it('looks at no other answer, and at no question', () => {
    expect(picturesOf(detail({ role: 'assistant', content: image }), 'b')).toEqual([]);
    expect(picturesOf(detail({ role: 'user', content: image }), undefined)).toEqual([]);
    expect(picturesOf(detail({ role: 'assistant', content: image }), undefined)).toHaveLength(1);
    expect(picturesOf(undefined, undefined)).toEqual([]);
  });
});
