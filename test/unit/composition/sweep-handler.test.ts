import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startSimulator } from '../../../local/simulator/simulator.ts';
import { ChatIndex } from '../../../shared/chats/chat-index.ts';
import { startDynalite } from '../../support/dynalite-table.ts';

describe('functions/sweep-chats', () => {
  it('sweeps what the table holds, with what its environment names', async () => {
    const simulator = await startSimulator();
    onTestFinished(() => simulator.close());
    const dynalite = await startDynalite();
    onTestFinished(() => dynalite.close());
    const { table, name } = await dynalite.newTable();
    await new ChatIndex(table).rememberTemporary({ chatId: 'chat', accountId: 'gone', dueAt: 1_000_000_000_000 });
    const environment = {
      TABLE_NAME: name,
      SECRET_KEY_PARAMETER: '/key',
      AWS_ENDPOINT_URL_DYNAMODB: dynalite.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      QWEN_CHAT_PROXY_URL: simulator.url,
      LOG_LEVEL: 'error',
    };
    for (const [variable, value] of Object.entries(environment)) vi.stubEnv(variable, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { handler } = await import('../../../functions/sweep-chats/handler.ts');
    const report = await handler({}, { getRemainingTimeInMillis: () => 300_000 });
    expect(report).toEqual({
      temporary: { due: 1, deleted: 0, gone: 1, waiting: 0 },
      orphans: { accounts: 0, orphans: 0 },
      cleanups: 0,
    });
    expect(await new ChatIndex(table).knows('chat')).toBe(false);
  });
});
