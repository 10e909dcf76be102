import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { pngFile, pngUri } from '../support/sample-files.ts';

const owners = ['one@example.com', 'two@example.com', 'three@example.com', 'four@example.com'];

/** A question about a picture; each test has its own, as the gateway remembers what it has uploaded. */
async function look(gateway: TestGateway, number: number, path = '/v1/chat/completions'): Promise<string> {
  const content = [{ type: 'image_url', image_url: { url: pngUri(number) } }];
  const body = { model: 'qwen3.7-plus', messages: [{ role: 'user', content }] };
  return JSON.stringify(await parsed(await gateway.request('POST', path, body)));
}

/** The accounts that a picture was uploaded to. */
function holders(gateway: TestGateway, number: number): readonly string[] {
  const uploads = gateway.simulator.control.uploads().filter(({ bytes }) => bytes.equals(pngFile(number)));
  return uploads.map(({ account }) => account);
}

const seen = 'picture.png (image';

describe('several accounts', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ accounts: owners });
  });
  afterAll(() => gateway.close());

  it('each get a picture, once', async () => {
    expect(await look(gateway, 1)).toContain(seen);
    const [first = ''] = holders(gateway, 1);
    gateway.simulator.control.fault({ fault: 'rate-limited', account: first });
    for (let turn = 0; turn < 10; turn += 1) expect(await look(gateway, 1)).toContain(seen);
    const accounts = holders(gateway, 1);
    expect(accounts.length).toBeGreaterThan(1);
    expect(new Set(accounts).size).toBe(accounts.length);
    expect(gateway.simulator.control.violations()).toEqual([]);
  });

  it('serve in place of one that may not upload', async () => {
    gateway.simulator.control.fault({ fault: 'rate-limited-num-zero', route: 'upload-token' });
    expect(await look(gateway, 2)).toContain(seen);
    expect(holders(gateway, 2)).toHaveLength(1);
    const grants = gateway.simulator.control.requests().filter(({ route }) => route === 'upload-token');
    expect(grants.at(-1)?.account).not.toBe(grants.at(-2)?.account);
  });
});

describe('functions that share nothing but the table', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ mode: 'dev' });
  });
  afterAll(() => gateway.close());

  it('know of each other’s uploads', async () => {
    for (const path of ['/v1/chat/completions', '/api/chat/completions']) {
      expect(await look(gateway, 4, path)).toContain(seen);
    }
    expect(holders(gateway, 4)).toHaveLength(1);
  });
});
