import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConversationHandles, type HandledPlace, readHandle } from '../../../shared/threads/conversation-handles.ts';

const place: HandledPlace = { chatId: 'chat', responseId: 'answer', accountId: 'account', ownerId: 'key' };
const handlesOf = (fill: number) => new ConversationHandles(async () => Buffer.alloc(32, fill));
const handles = handlesOf(1);

describe('a handle', () => {
  it('tells the chat and the answer, and is its caller’s', async () => {
    const id = fc.string({ minLength: 1 }).filter((text) => !text.includes('\n'));
    const places = fc.record({ chatId: id, responseId: id, accountId: fc.string(), ownerId: fc.string() });
    await fc.assert(
      fc.asyncProperty(places, async (any) => {
        const handle = await handles.write(any);
        expect(handle).toMatch(/^conv_[\w-]+$/);
        expect(readHandle(handle)).toEqual({ chatId: any.chatId, responseId: any.responseId });
        expect(await handles.isOf(handle, any)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it.each<Partial<HandledPlace>>([
    { chatId: 'other' },
    { responseId: 'other' },
    { accountId: 'other' },
    { ownerId: 'other' },
    { accountId: 'accountkey', ownerId: '' },
  ])('is of no other place: %o', async (change) => {
    expect(await handles.isOf(await handles.write(place), { ...place, ...change })).toBe(false);
  });

  it('of another deployment is none', async () => {
    expect(await handles.isOf(await handlesOf(2).write(place), place)).toBe(false);
  });

  it('is none any more when anything of it is changed, left out or added', async () => {
    const handle = await handles.write(place);
    const changes = fc.oneof(
      fc.nat({ max: handle.length - 1 }).map((length) => handle.slice(0, length)),
      fc.string({ minLength: 1 }).map((more) => handle + more),
      fc
        .tuple(fc.nat({ max: handle.length - 1 }), fc.string({ minLength: 1, maxLength: 1 }))
        .map(([index, letter]) => handle.slice(0, index) + letter + handle.slice(index + 1)),
    );
    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        fc.pre(changed !== handle);
        expect(await handles.isOf(changed, place)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('tells nothing about the account', async () => {
    expect(Buffer.from(await handles.write(place), 'base64url').toString('latin1')).not.toContain('account');
  });

  const long = `conv_${Buffer.from(`${'a'.repeat(1000)}\nanswer${'x'.repeat(16)}`).toString('base64url')}`;
  it.each([
    ['nothing', ''],
    ['a prefix', 'conv_'],
    ['another id', 'chatcmpl-1'],
    ['a chat without an answer', `conv_${Buffer.from('c'.repeat(30)).toString('base64url')}`],
    ['what no id is as long as', long],
  ])('is not %s', (_what, text) => {
    expect(readHandle(text)).toBeUndefined();
  });

  it('has a key again after it could not be had', async () => {
    let times = 0;
    const flaky = new ConversationHandles(async () => {
      times += 1;
      if (times === 1) throw new Error('away');
      return Buffer.alloc(32, 1);
    });
    await expect(flaky.write(place)).rejects.toThrow('away');
    expect(await flaky.write(place)).toBe(await handles.write(place));
    await flaky.write(place);
    expect(times).toBe(2);
  });
});
