import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import { responseIdOf, textOf } from './read-frames.ts';
import { formOf, recorded, recordedForm } from './recorded.ts';
import { SimulatorClient } from './simulator-client.ts';

let simulator: Simulator;
let client: SimulatorClient;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());
beforeEach(() => {
  simulator.control.reset();
  client = new SimulatorClient(simulator);
});

function stranger(): SimulatorClient {
  simulator.control.accounts.add({ email: 'stranger@example.com', password: 'x' });
  return new SimulatorClient(simulator, 'stranger@example.com');
}

describe('models', () => {
  it.each([
    ['/api/v2/models/', 'models/models-v2.json'],
    ['/api/models', 'models/models-v1.json'],
  ])('%s has the recorded form and an inactive model', async (path, fixture) => {
    const answer = await client.call('GET', path, undefined, { authorization: '' });
    // Which capabilities and lengths are told varies from model to model, in the recording too.
    expect(Object.keys(Object(answer.json))).toEqual(Object.keys(Object(recordedForm(fixture))));
    expect(answer.text).toContain('"is_active": false');
    expect(answer.text).toContain('"id": "qwen3.7-plus"');
  });
});

describe('chats', () => {
  it('are created, listed newest first, renamed, read and deleted', async () => {
    const chat = await client.createChat();
    const second = await client.createChat();
    const list = await client.call('GET', '/api/v2/chats/?page=1');
    expect(formOf(list.json)).toEqual(recordedForm('chats/list.json'));
    expect(list.json).toMatchObject({ data: [{ id: second }, { id: chat }] });
    expect((await client.call('GET', '/api/v2/chats/?page=2')).json).toMatchObject({ data: [] });
    await client.call('POST', `/api/v2/chats/${chat}/title`, { title: 'Renamed' });
    expect((await client.call('GET', `/api/v2/chats/${chat}`)).json).toMatchObject({ data: { title: 'Renamed' } });
    const deleted = await client.call('DELETE', `/api/v2/chats/${chat}`);
    expect(formOf(deleted.json)).toEqual(recordedForm('chats/delete.json'));
    expect(simulator.control.chats(client.email).map(({ id }) => id)).toEqual([second]);
  });

  it('are deleted all at once, only those of the account', async () => {
    const other = stranger();
    const kept = await other.createChat();
    await client.createChat();
    await client.createChat();
    await client.call('DELETE', '/api/v2/chats/');
    expect(simulator.control.chats(client.email)).toEqual([]);
    expect(simulator.control.chats(other.email).map(({ id }) => id)).toEqual([kept]);
  });

  it('of others and unknown ones do not exist, deleted ones are told so', async () => {
    const foreign = await stranger().createChat();
    for (const id of [foreign, 'unknown']) {
      expect((await client.complete(id)).json).toMatchObject({
        data: { code: 'Bad_Request', details: `The chat ${id} is not exist` },
      });
      expect((await client.call('GET', `/api/v2/chats/${id}`)).json).toMatchObject({ success: false });
    }
    const chat = await client.createChat();
    await client.call('DELETE', `/api/v2/chats/${chat}`);
    expect((await client.complete(chat)).json).toMatchObject({ data: { code: 'CHAT_NOT_FOUND' } });
  });

  it('keep what was said, in the recorded form', async () => {
    const chat = await client.createChat();
    const answer = await client.complete(chat, { chatType: 't2i', content: 'Draw a blue circle' });
    const detail = await client.call('GET', `/api/v2/chats/${chat}`);
    // The two messages have other ids than the recorded ones, so the forms are compared without them.
    const form = (value: unknown) => JSON.stringify(formOf(value)).replace(/"[0-9a-f]{8}-[0-9a-f-]{27}":/g, '"ID":');
    expect(form(detail.json)).toBe(form(JSON.parse(recorded('chats/detail.json'))));
    expect(detail.json).toMatchObject({ data: { chat: { history: { currentId: responseIdOf(answer.text) } } } });
  });
});

describe('memory', () => {
  it('goes on from the parent, and only along its own branch', async () => {
    const chat = await client.createChat();
    const first = await client.complete(chat, { content: 'I like tea' });
    const second = await client.complete(chat, { content: 'I like cake', parentId: responseIdOf(first.text) });
    const recall = { content: 'What did I say?' };
    const both = await client.complete(chat, { ...recall, parentId: responseIdOf(second.text) });
    expect(textOf(both.text)).toBe('Earlier you said: "I like tea"; "I like cake".');
    const branch = await client.complete(chat, { ...recall, parentId: responseIdOf(first.text) });
    expect(textOf(branch.text)).toBe('Earlier you said: "I like tea".');
    expect(textOf((await client.complete(chat, recall)).text)).toBe('You said nothing before this.');
  });

  it('knows a parent by its id only', async () => {
    const chat = await client.createChat();
    const answer = await client.complete(chat, { parentId: 'no-such-message' });
    expect(answer.json).toMatchObject({ data: { code: 'PARENT_NOT_FOUND' } });
    expect(simulator.control.chats(client.email)[0]?.messages).toEqual([]);
  });

  it('tells how much there is', async () => {
    const chat = await client.createChat();
    const first = await client.complete(chat, { content: 'Hi' });
    const second = await client.complete(chat, { content: 'Hi again', parentId: responseIdOf(first.text) });
    expect(textOf(first.text)).not.toContain('I remember');
    expect(textOf(second.text)).toContain('I remember 2 earlier messages');
  });
});

describe('a chat that answers', () => {
  it('refuses a second completion, and takes one afterwards', async () => {
    const chat = await client.createChat();
    simulator.control.fault({ fault: 'stall-after', after: 2 });
    const running = await client.openCompletion(chat, { content: 'count to 5' });
    await simulator.control.waitFor((entry) => entry.stalled);
    expect(simulator.control.activeStreams()).toMatchObject([{ chatId: chat, account: client.email, stalled: true }]);
    expect((await client.complete(chat)).json).toMatchObject({ data: { details: 'The chat is in progress!' } });
    simulator.control.release();
    expect(textOf(await running.text())).toBe('1 2 3 4 5');
    expect(simulator.control.activeStreams()).toEqual([]);
    expect(textOf((await client.complete(chat, { content: 'repeat: ok' })).text)).toBe('ok');
  });

  it('is free as soon as its last frame is there', async () => {
    const chat = await client.createChat();
    for (let turn = 0; turn < 5; turn += 1) {
      expect(textOf((await client.complete(chat, { content: 'repeat: ok' })).text)).toBe('ok');
    }
    await client.call('DELETE', `/api/v2/chats/${chat}`);
    expect(simulator.control.violations()).toEqual([]);
  });

  it('stops when told to', async () => {
    const chat = await client.createChat();
    simulator.control.fault({ fault: 'stall-after', after: 1 });
    const running = await client.openCompletion(chat, { content: 'count to 5' });
    await simulator.control.waitFor((entry) => entry.stalled);
    const [stream] = simulator.control.activeStreams();
    await client.call('POST', '/api/v2/chat/completions/stop', { chat_id: chat, response_id: 'another' });
    expect(simulator.control.activeStreams()).toHaveLength(1);
    await client.call('POST', '/api/v2/chat/completions/stop', { chat_id: chat, response_id: stream?.responseId });
    const text = await running.text();
    expect(textOf(text)).toBe('1');
    expect(text).toContain('"response.stopped"');
  });

  it('loses its answer when it is deleted, which is a violation', async () => {
    const chat = await client.createChat();
    simulator.control.fault({ fault: 'stall-after', after: 1 });
    const running = await client.openCompletion(chat, { content: 'count to 5' });
    await simulator.control.waitFor((entry) => entry.stalled);
    await client.call('DELETE', `/api/v2/chats/${chat}`);
    await expect(running.text()).rejects.toThrow();
    expect(simulator.control.violations()).toEqual([
      { kind: 'deleted-while-answering', account: client.email, detail: chat },
    ]);
  });

  it('may be deleted right after its client hung up', async () => {
    const chat = await client.createChat();
    simulator.control.fault({ fault: 'stall-after', after: 1 });
    const running = await client.openCompletion(chat, { content: 'count to 5' });
    await simulator.control.waitFor((entry) => entry.stalled);
    await running.body?.cancel();
    await client.call('DELETE', `/api/v2/chats/${chat}`);
    await simulator.control.waitFor((entry) => entry.route === 'completion' && entry.outcome === 'client-gone');
    expect(simulator.control.violations()).toEqual([]);
  });
});
