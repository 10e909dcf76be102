import { readFile } from 'node:fs/promises';
import type { Download } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLoaded, type OwnerAtConsole, openOwner, ownFaults } from '../../support/owner-at-console.ts';

const timeout = 90_000;
const paths = ['usage', 'settings', 'audit', 'requests'] as const;
const textOf = async (download: Download) => readFile(await download.path(), 'utf8');

describe.skipIf(process.env.BROWSER === undefined)('the pages that an owner watches', () => {
  let owner: OwnerAtConsole;
  let laptop: { readonly id: string; readonly key: string };

  beforeAll(async () => {
    owner = await openOwner();
    laptop = JSON.parse(await (await owner.gateway.request('POST', '/admin/keys', { name: 'Laptop' })).text());
    await owner.chat('Good morning');
    await owner.chat('Good evening', laptop.key);
  });
  afterAll(() => owner?.close());

  it.each(['light', 'dark'] as const)('can be used by everybody, in %s', { timeout }, async (colorScheme) => {
    for (const width of [1280, 390]) {
      const watched = await owner.open('usage', { width, colorScheme });
      for (const path of paths) {
        await watched.page.goto(`${owner.gateway.runtime.url}/#/${path}`);
        await isLoaded(watched.page);
        await watched.checkAccessibility();
        expect(await watched.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
      expect(watched.faults).toEqual([]);
      await watched.close();
    }
  });

  it('say when the gateway is away, and ask again', { timeout }, async () => {
    const watched = await owner.open('audit');
    const { page } = watched;
    await page.route('**/admin/usage?*', (route) => route.abort());
    await page.goto(`${owner.gateway.runtime.url}/#/usage`);
    await page.getByText('The gateway does not answer.').waitFor();
    await page.unroute('**/admin/usage?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('table', { name: 'By model' }).waitFor();
    expect(ownFaults(watched)).toEqual([]);
    await watched.close();
  });

  it('shows usage by model and key, reads bars to keyboards, and saves it', { timeout }, async () => {
    const watched = await owner.open('usage');
    const { page } = watched;
    await page.getByRole('cell', { name: 'qwen3.7-plus' }).waitFor();
    await page.getByRole('tab', { name: 'By key' }).click();
    await page.getByRole('cell', { name: 'Laptop' }).waitFor();
    await page.getByLabel('Chart of').selectOption('Requests');
    await page.getByLabel('Requests by day. Arrow keys').focus();
    await page.keyboard.press('Home');
    await page.getByText(/: 0$/).waitFor();
    await page.keyboard.press('End');
    await page.getByText('Laptop 1').waitFor();

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ]);
    const csv = await textOf(download);
    expect(csv.split('\r\n')[0]).toMatch(/^day,model,key,key_name,account,requests/);
    expect(csv).toContain(`,${laptop.id},Laptop,`);
    expect(download.suggestedFilename()).toMatch(/^usage-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
    // By its blob, and not by an address that would need the session in it.
    expect(download.url()).toMatch(/^blob:/);

    await page.getByRole('radio', { name: 'Own dates' }).check({ force: true });
    await page.getByLabel('First day').fill('2020-01-01');
    await page.getByLabel('Last day').fill('2020-01-31');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('Nothing was used in these days').waitFor();
    await watched.checkAccessibility();
    expect(watched.faults).toEqual([]);
    await watched.close();
  });

  it('shows who did what, checks the log, and saves all of it', { timeout }, async () => {
    const watched = await owner.open('audit');
    const { page } = watched;
    await page.getByLabel('What', { exact: true }).selectOption('Key made');
    await page.getByRole('cell', { name: laptop.id }).waitFor();
    expect(await page.getByRole('cell', { name: 'Signed in' }).count()).toBe(0);
    await page.getByRole('button', { name: /^Details/ }).click();
    await page.getByRole('heading', { name: 'Begun' }).waitFor();
    await page.getByText('"name": "Laptop"').first().waitFor();
    await watched.checkAccessibility();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Check the log' }).click();
    await page.getByText(/All \d+ entries, unchanged/).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export' }).click(),
    ]);
    const lines = (await textOf(download)).trimEnd().split('\n');
    const entries: readonly { readonly sequence: number }[] = lines.map((line) => JSON.parse(line));
    expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, place) => place + 1));
    expect(watched.faults).toEqual([]);
    await watched.close();
  });

  it('shows requests as they come, and what was said only while that is recorded', { timeout }, async () => {
    const watched = await owner.open('requests');
    const { page } = watched;
    await page.getByLabel('Key', { exact: true }).selectOption('Laptop');
    const rows = page.getByRole('button', { name: /^Details/ });
    await rows.first().waitFor();
    expect(await rows.count()).toBe(1);
    await rows.first().click();
    await page.getByText('What was said was not recorded.').waitFor();
    await watched.checkAccessibility();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Record for an hour' }).click();
    await page.getByText('also those of other people').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Record for an hour' }).click();
    await page.getByText('It ends in').waitFor();
    await owner.chat('Remember the milk', laptop.key);
    // It comes by itself.
    await rows.nth(1).waitFor();
    await rows.first().click();
    await page.getByText('"content": "Remember the milk"').waitFor();
    await watched.checkAccessibility();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Stop recording' }).click();
    await page.getByText('Nothing that is said is kept').waitFor();
    expect(await owner.setting('RECORD_CONTENT_UNTIL')).toMatchObject({ value: '' });

    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Go on' }).waitFor();
    await page.getByLabel('Outcome').selectOption('Failed');
    await page.getByText('No request fits').waitFor();
    expect(watched.faults).toEqual([]);
    await watched.close();
  });
});
