import { describe, expect, it } from 'vitest';
import { openAccess } from '../../../shared/composition/open-access.ts';
import { openAnswerWorker, readResponseTask } from '../../../shared/composition/open-responses.ts';
import { openUpstream } from '../../../shared/composition/open-upstream.ts';
import { ResponseStore } from '../../../shared/responses/response-store.ts';
import { MemoryTable } from '../../support/memory-table.ts';

const key = { callerId: 'key-1', id: 'resp_0123456789ab4def8123456789abcdef' };
const task = { callerId: key.callerId, responseId: key.id };
const hour = 3600_000;
const remaining = () => 60_000;

/** The worker as its function opens it, on a table in memory, with an upstream that nobody reaches. */
function openWorker() {
  const environment = {
    TABLE_NAME: 'memory',
    SECRET_KEY_PARAMETER: 'none',
    QWEN_CHAT_PROXY_URL: 'http://127.0.0.1:9',
    LOG_LEVEL: 'error',
  };
  const access = { ...openAccess(environment), table: new MemoryTable() };
  const work = openAnswerWorker(access, openUpstream(access, environment));
  return { work, store: new ResponseStore(access.table, 30) };
}

async function queued(store: ResponseStore, request: object): Promise<void> {
  const input = [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] }];
  const response = { id: key.id, status: 'queued', created_at: 1_795_000_000, output: [] };
  await store.create(key, { response, input, request }, 'queued', Date.now() + hour);
}

describe('the worker of responses in the background', () => {
  it('leaves a failed response when the answer can’t be had', async () => {
    const { work, store } = openWorker();
    await queued(store, { model: 'qwen3.7-plus', background: true });
    await work({ act: 'answer', ...task }, remaining);
    const found = await store.find(key);
    expect(found?.response).toMatchObject({
      id: key.id,
      status: 'failed',
      created_at: 1_795_000_000,
      background: true,
      error: { message: expect.stringMatching(/.+/) },
    });
    expect(found?.input).toHaveLength(1);
  });

  it('leaves a failed response, not one in progress, when the worker before was killed', async () => {
    const { work, store } = openWorker();
    await queued(store, { model: 'qwen3.7-plus' });
    await store.start(key, Date.now() + hour);
    await work({ act: 'answer', ...task }, remaining);
    expect(await store.status(key)).toBe('failed');
  });

  it.each(['queued', 'in_progress'])('gives up one that is %s', async (status) => {
    const { work, store } = openWorker();
    await queued(store, { model: 'qwen3.7-plus' });
    if (status === 'in_progress') await store.start(key, Date.now() + hour);
    await work({ act: 'give-up', ...task }, remaining);
    expect((await store.find(key))?.response).toMatchObject({ status: 'failed', error: { code: 'server_error' } });
  });

  it.each(['answer', 'give-up'] as const)('changes nothing about one that was cancelled: %s', async (act) => {
    const { work, store } = openWorker();
    await queued(store, { model: 'qwen3.7-plus' });
    await store.end(key, 'cancelled');
    await work({ act, ...task }, remaining);
    expect(await store.status(key)).toBe('cancelled');
  });

  it('does nothing about one that is not there', async () => {
    const { work, store } = openWorker();
    await work({ act: 'answer', ...task }, remaining);
    expect(await store.find(key)).toBeUndefined();
  });
});

describe('a task', () => {
  it('is read, and nothing else taken for one', () => {
    expect(readResponseTask({ act: 'answer', ...task, more: 1 })).toEqual({ act: 'answer', ...task });
    for (const event of [
      null,
      'answer',
      {},
      { act: 'other', ...task },
      { act: 'answer', callerId: 'k' },
      { act: 'answer', callerId: 1, responseId: 'r' },
    ]) {
      expect(readResponseTask(event)).toBeUndefined();
    }
  });
});
