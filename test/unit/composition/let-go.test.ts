import { queryObjects } from 'node:v8';
import { expect, it, onTestFinished, vi } from 'vitest';
import { AccountPool } from '../../../shared/accounts/account-pool.ts';
import { AnswerRecorder } from '../../../shared/idempotency/answer-recorder.ts';
import { SettingsLog } from '../../../shared/live-settings/settings-log.ts';
import { KeyMeters } from '../../../shared/metering/key-meters.ts';
import { ModelCatalogue } from '../../../shared/models/model-catalogue.ts';
import { ChatService } from '../../../shared/relay/chat-service.ts';
import { ask } from '../../support/gateway.ts';
import { OpenStream } from '../../support/open-stream.ts';
import { openChatFunction } from '../../support/opened-function.ts';
import { startHttpProxy } from '../../support/proxies.ts';

const versions = 8;
const parts = [AccountPool, ModelCatalogue, ChatService, KeyMeters] as const;

/** How many of each part are alive, after garbage was collected. */
const alive = () => parts.map((part) => queryObjects(part, { format: 'count' }));
const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

it('former versions of the settings go with their last request, and their connections stay in use', async () => {
  const proxy = await startHttpProxy();
  onTestFinished(() => proxy.close());
  const { url, simulator, table } = await openChatFunction({
    OPEN_MODE: 'true',
    SETTINGS_CACHE_SECONDS: '0',
    ACCOUNT_SPACING_MS: '0',
    ACCOUNT_MAX_IN_FLIGHT: '3',
    PROXY_URL: `http://127.0.0.1:${proxy.port}`,
  });
  const log = new SettingsLog(table);
  const rename = async (to: string) => {
    const change = { name: 'CHAT_TITLE', from: null, to };
    await log.append(await log.read(), [change], { by: 'key', at: '2026-11-22T00:00:00.000Z' });
  };
  const post = (key: string) =>
    fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(ask('repeat: one two three', { stream: true })),
    });

  simulator.control.fault({ fault: 'stall-after', after: 1 });
  const first = new OpenStream(await post('first'));
  await first.until((events) => events.some(({ data }) => data.includes('one')));
  const before = timers();
  for (let version = 1; version <= versions; version += 1) {
    await rename(`version ${version}`);
    expect(await (await post(`of ${version}`)).text()).toContain('[DONE]');
  }
  // The first and the last; what lies between keeps its place in an account for two seconds more.
  await vi.waitFor(() => expect(alive()).toEqual([2, 2, 2, 2]), { timeout: 30_000, interval: 1000 });
  simulator.control.release();
  expect(await (await first.end()).text()).toContain('[DONE]');
  await vi.waitFor(() => expect(alive()).toEqual([1, 1, 1, 1]), { timeout: 30_000, interval: 1000 });
  expect(queryObjects(AnswerRecorder, { format: 'count' })).toBe(0);
  expect(timers()).toBeLessThanOrEqual(before);
  expect(proxy.targets.length).toBeLessThan(versions);
}, 120_000);
