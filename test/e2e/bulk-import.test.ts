import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Simulator, startSimulator } from '../../local/simulator/simulator.ts';
import { openMovingDoor } from '../support/moving-door.ts';
import { type RunningProgram, runProgram } from '../unit/local/running-program.ts';
import { temporaryFolder } from '../unit/local/temporary-folder.ts';

const adminKey = 'sk-test-admin-key-0123456789';
const password = 'correct horse';
const total = 100;

/** A simulator with every second account of the list, whose sign-ins take a moment. */
async function openSite(): Promise<{ readonly simulator: Simulator; readonly list: string }> {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.close());
  const lines = Array.from({ length: total }, (_, number) => {
    const email = `bulk${number}@example.com`;
    if (number % 2 === 0) simulator.control.accounts.add({ email, password });
    return `${email}:${number % 2 === 0 ? password : 'wrong pass'}`;
  });
  simulator.control.fault({ fault: 'slow-head', route: 'sign-in', ms: 200, times: 10_000 });
  const list = join(await temporaryFolder(), 'accounts.txt');
  await writeFile(list, lines.join('\n'));
  return { simulator, list };
}

async function urlOf(gateway: RunningProgram): Promise<string> {
  return (await gateway.line(/^Native base URL/)).replace(/^Native base URL\s+/, '').replace(/\/api$/, '');
}

const itemLine = /^ *(\d+) {2}b\*\*\*@example\.com {2}(added|changed|unchanged|failed)/;

function itemsOf(program: RunningProgram): readonly string[] {
  return program.lines.flatMap((line) => itemLine.exec(line)?.[1] ?? []);
}

async function get(url: string, path: string) {
  const response = await fetch(url + path, { headers: { authorization: `Bearer ${adminKey}` } });
  return JSON.parse(await response.text());
}

describe.each(['start', 'dev'])('a bulk import of 100 accounts, half with bad passwords, on npm run %s', (mode) => {
  it('is followed live, killed half-way, goes on, and loses and doubles nothing', { timeout: 180_000 }, async () => {
    const { simulator, list } = await openSite();
    const settings = {
      STATE_FOLDER: join(await temporaryFolder(), 'state'),
      QWEN_CHAT_PROXY_URL: simulator.url,
      API_KEY: adminKey,
    };
    // The follower knows one address; the gateway behind it gets another one with its next start.
    const door = await openMovingDoor();
    onTestFinished(() => door.close());
    const { url } = door;
    const first = runProgram(mode, { ...settings, PORT: '0' });
    door.leadTo(await urlOf(first));
    const follower = runProgram('accounts', { API_KEY: adminKey }, ['import', list, '--url', url]);
    await follower.line(new RegExp(itemLine.source));
    // Somebody else may get the port of a gateway that is gone.
    door.leadTo(undefined);
    first.process.kill('SIGKILL');
    await first.ended;
    const before = itemsOf(follower).length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(total);

    const second = runProgram(mode, { ...settings, PORT: '0' });
    door.leadTo(await urlOf(second));
    expect(await follower.ended).toEqual([4, null]);
    expect(follower.lines.at(-1)).toBe('Import done: 50 of 100 imported, 50 failed, 0 waiting');
    const told = itemsOf(follower);
    expect(told).toHaveLength(total);
    expect(new Set(told).size).toBe(total);

    const accounts: readonly { label: string; state: string; token: string }[] = (await get(url, '/admin/accounts'))
      .data;
    expect(accounts).toHaveLength(total / 2);
    for (const account of accounts) expect(account).toMatchObject({ state: 'ok', token: '********', source: 'import' });
    const id = /import-\w+/.exec(await follower.line(/^import-/))?.[0] ?? '';
    const shown = await get(url, `/admin/imports/${id}`);
    expect(shown).toMatchObject({ state: 'done', imported: 50, failed: 50, waiting: 0 });
    const said = [...first.lines, ...second.lines, ...follower.lines].join('\n') + JSON.stringify(shown);
    for (const secret of [password, 'wrong pass', 'bulk0@']) expect(said).not.toContain(secret);
  });
});
