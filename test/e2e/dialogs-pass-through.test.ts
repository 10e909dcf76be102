import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { credentialOf, newGuest } from '../support/guests.ts';

describe('kept chats of callers with tokens of their own', () => {
  let gateway: TestGateway;
  let guest: string;
  let stranger: string;
  beforeAll(async () => {
    gateway = await openGateway({ env: { PASS_THROUGH_TOKENS: 'true' } });
    guest = credentialOf([newGuest(gateway, 'guest@example.com')]);
    stranger = credentialOf([newGuest(gateway, 'stranger@example.com')]);
  });
  afterAll(() => gateway.close());

  const call = async (method: string, path: string, credential: string, body?: object) => {
    const response = await gateway.request(method, path, body, { authorization: `Bearer ${credential}` });
    return { status: response.status, body: await parsed(response) };
  };

  it('are listed, read, renamed and deleted by whoever sends the token, and by nobody else', async () => {
    const { chatId } = (await call('POST', '/api/chat', guest, { message: 'repeat: mine' })).body;
    expect((await call('GET', '/api/chats', guest)).body.chats).toMatchObject([{ chatId, messageCount: 2 }]);
    expect((await call('GET', `/api/chats/${chatId}`, guest)).body.messages).toHaveLength(2);
    for (const other of [stranger, gateway.adminKey]) {
      expect((await call('GET', '/api/chats', other)).body.chats).toEqual([]);
      for (const [method, path, body] of [
        ['GET', `/api/chats/${chatId}`],
        ['PUT', `/api/chats/${chatId}/rename`, { name: 'Stolen' }],
        ['DELETE', `/api/chats/${chatId}`],
      ] as const) {
        const { status, body: answer } = await call(method, path, other, body);
        expect({ status, code: answer.error.code }).toEqual({ status: 404, code: 'chat_not_found' });
      }
    }
    expect((await call('PUT', `/api/chats/${chatId}/rename`, guest, { name: 'Boats' })).status).toBe(200);
    expect(gateway.simulator.control.chats('guest@example.com').map(({ title }) => title)).toEqual(['Boats']);
    gateway.simulator.control.fault({ fault: 'verification-200', route: 'chat-read' });
    expect((await call('GET', `/api/chats/${chatId}`, guest)).body.error.code).toBe('token_challenged');
    expect((await call('DELETE', `/api/chats/${chatId}`, guest)).status).toBe(200);
    expect(gateway.simulator.control.chats('guest@example.com')).toEqual([]);
  });

  it('are not cleaned up by a run, which would need the token later', async () => {
    expect((await call('POST', '/api/chats/cleanup', guest)).body).toMatchObject({ dryRun: true, total: 0 });
    const { status, body } = await call('POST', '/api/chats/cleanup', guest, { maxChats: 0 });
    expect({ status, code: body.error.code }).toEqual({ status: 400, code: 'unsupported_parameter' });
  });
});
