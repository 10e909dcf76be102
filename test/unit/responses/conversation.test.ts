import { describe, expect, it } from 'vitest';
import { InvalidRequestError, PayloadTooLargeError } from '../../../shared/chat/errors/request-errors.ts';
import { itemId, responseId } from '../../../shared/dialects/openai-responses/item-id.ts';
import { readSentRequest } from '../../../shared/dialects/openai-responses/read-request.ts';
import { openConversation } from '../../../shared/responses/conversation.ts';
import { keptItems } from '../../../shared/responses/input-items.ts';
import { ItemNotFoundError, PreviousResponseNotFoundError } from '../../../shared/responses/response-errors.ts';
import { ResponseStore } from '../../../shared/responses/response-store.ts';
import { MemoryTable } from '../../support/memory-table.ts';

const id = responseId('01234567-89ab-4def-8123-456789abcdef');
const user = (content: string) => ({ role: 'user', content });
const said = { type: 'message', id: itemId('msg', id, '0'), role: 'assistant', status: 'completed', content: [] };

async function storeWith(status: 'completed' | 'in_progress' = 'completed') {
  const store = new ResponseStore(new MemoryTable(), 30);
  const input = keptItems([user('first')], id);
  const content = { response: { id, status, output: [said] }, input };
  await store.create({ callerId: 'me', id }, content, status, Date.now() + 60_000);
  return { store, input };
}

const open = async (body: object, store: ResponseStore, callerId = 'me') =>
  openConversation(readSentRequest({ model: 'm', ...body }), callerId, store);

describe('what a request refers to', () => {
  it('is nothing, mostly, and then nothing is read', async () => {
    const table = new MemoryTable();
    expect(await open({ input: [user('x')] }, new ResponseStore(table, 30))).toBeUndefined();
    expect(table.operations).toMatchObject({ get: 0, query: 0 });
  });

  it('is the whole history of the previous response', async () => {
    const { store, input } = await storeWith();
    const conversation = await open({ input: 'second', previous_response_id: id }, store);
    expect(conversation).toEqual({ items: [...input, said, user('second')], before: 2 });
  });

  it('is single items, of the output and of the input, in their places', async () => {
    const { store, input } = await storeWith();
    const references = [{ type: 'item_reference', id: said.id }, user('x'), { id: itemId('msg', id, 'in0') }];
    const conversation = await open({ input: references }, store);
    expect(conversation).toEqual({ items: [said, user('x'), ...input], before: 0 });
  });

  it('is left out when it was never given here', async () => {
    const { store } = await storeWith();
    const conversation = await open({ input: [{ type: 'item_reference', id: 'msg_68a1b2' }, user('x')] }, store);
    expect(conversation?.items).toEqual([user('x')]);
  });

  it('is refused when it is gone, or another’s', async () => {
    const { store } = await storeWith();
    const other = responseId('ffffffff-89ab-4def-8123-456789abcdef');
    await expect(open({ input: 'x', previous_response_id: other }, store)).rejects.toThrow(
      PreviousResponseNotFoundError,
    );
    await expect(open({ input: 'x', previous_response_id: id }, store, 'you')).rejects.toThrow(
      `Previous response with id '${id}' not found.`,
    );
    const gone = { type: 'item_reference', id: itemId('msg', id, '7') };
    await expect(open({ input: [gone] }, store)).rejects.toThrow(ItemNotFoundError);
  });

  it('is refused when it is too much to put together', async () => {
    const { store } = await storeWith();
    const large = keptItems([user('x'.repeat(7_000_000))], id);
    await store.create({ callerId: 'me', id }, { response: { id, status: 'completed' }, input: large }, 'completed');
    await expect(open({ input: 'x', previous_response_id: id }, store)).resolves.toMatchObject({ before: 1 });
    await expect(open({ input: 'y'.repeat(6_000_000), previous_response_id: id }, store)).rejects.toThrow(
      PayloadTooLargeError,
    );
    const same = Array.from({ length: 10_000 }, () => ({ id: itemId('msg', id, 'in0') }));
    await expect(open({ input: same }, store)).rejects.toThrow(PayloadTooLargeError);
  });

  it('is refused when it is spread over many responses, before any is read', async () => {
    const table = new MemoryTable();
    const many = Array.from({ length: 21 }, (_, index) => ({
      id: itemId('msg', `resp_${String(index).padStart(32, '0')}`, '0'),
    }));
    await expect(open({ input: many }, new ResponseStore(table, 30))).rejects.toThrow(InvalidRequestError);
    expect(table.operations).toMatchObject({ query: 0 });
  });

  it('is refused while it is being made', async () => {
    const { store } = await storeWith('in_progress');
    await expect(open({ input: 'x', previous_response_id: id }, store)).rejects.toMatchObject({
      status: 400,
      param: 'previous_response_id',
    });
  });
});

describe('kept items', () => {
  it('have a type, an id and content in parts', () => {
    const items = [
      user('a'),
      { role: 'assistant', content: 'b' },
      { type: 'function_call', call_id: 'c' },
      { type: 'reasoning' },
      { type: 'new' },
      { type: 'constructor' },
    ];
    expect(keptItems(items, id)).toEqual([
      {
        type: 'message',
        role: 'user',
        status: 'completed',
        id: itemId('msg', id, 'in0'),
        content: [{ type: 'input_text', text: 'a' }],
      },
      {
        type: 'message',
        role: 'assistant',
        status: 'completed',
        id: itemId('msg', id, 'in1'),
        content: [{ type: 'output_text', text: 'b', annotations: [] }],
      },
      { type: 'function_call', call_id: 'c', id: itemId('fc', id, 'in2') },
      { type: 'reasoning', id: itemId('rs', id, 'in3') },
      { type: 'new', id: itemId('item', id, 'in4') },
      { type: 'constructor', id: itemId('item', id, 'in5') },
    ]);
  });

  it('keep the ids and the parts that they have', () => {
    const item = { type: 'message', id: 'msg_mine', role: 'user', content: [{ type: 'input_text', text: 'a' }] };
    expect(keptItems([item], id)).toEqual([item]);
  });
});
