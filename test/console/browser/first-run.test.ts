import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, type Watched } from '../../support/browser.ts';
import { openGateway, type TestGateway } from '../../support/gateway.ts';

const widths = { wide: 1280, phone: 360 } as const;
/** A moment of it is enough to see that a state is told. */
const timeout = 90_000;

describe.skipIf(process.env.BROWSER === undefined)('the console in Chromium', () => {
  let gateway: TestGateway;
  let browser: Browser;

  beforeAll(async () => {
    [gateway, browser] = await Promise.all([openGateway({ accounts: ['one@example.com'] }), openBrowser()]);
    gateway.simulator.control.accounts.add({ email: 'two@example.com', password: 'correct horse' });
    gateway.simulator.control.accounts.add({ email: 'three@example.com', password: 'correct horse' });
  });
  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });

  function open(options: { width?: number; colorScheme?: 'light' | 'dark'; locale?: string } = {}): Promise<Watched> {
    return openPage(browser, { url: `${gateway.runtime.url}/`, ...options });
  }

  async function signIn({ page }: Watched, path = '/accounts'): Promise<void> {
    await page.goto(`${gateway.runtime.url}/#${path}`);
    await page.getByLabel('Admin key').fill(gateway.adminKey);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`**/#${path}`);
  }

  it.each(['light', 'dark'] as const)('has pages that everybody can use, in %s', { timeout }, async (colorScheme) => {
    for (const width of Object.values(widths)) {
      const watched = await open({ width, colorScheme });
      const { page } = watched;
      await page.getByText('Working').waitFor();
      await watched.checkAccessibility();
      await signIn(watched);
      for (const [path, title] of [
        ['/accounts', 'Accounts'],
        ['/keys', 'Keys'],
      ] as const) {
        await page.goto(`${gateway.runtime.url}/#${path}`);
        await page.getByRole('heading', { level: 1, name: title }).waitFor();
        await page.getByText('Loading').waitFor({ state: 'detached' });
        await watched.checkAccessibility();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
      expect(watched.faults).toEqual([]);
      await watched.close();
    }
  });

  it('keeps the key out of addresses and storage, and asks again when the session is gone', { timeout }, async () => {
    const watched = await open();
    const { page } = watched;
    await page.goto(`${gateway.runtime.url}/#/keys`);
    await page.getByLabel('Admin key').fill('sk-not-a-key');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('does not accept this key').waitFor();
    // The refusal is an answer of the kind that browsers write into their console.
    watched.faults.length = 0;
    await signIn(watched, '/keys');
    const kept: string = await page.evaluate('JSON.stringify([location.href, {...localStorage}, {...sessionStorage}])');
    expect(kept).not.toContain(gateway.adminKey);
    expect(kept.split('qgs-')).toHaveLength(2);
    expect(page.url()).not.toContain('qgs-');

    const session: string = await page.evaluate('JSON.parse(sessionStorage["qwen-gateway.session"]).token');
    await gateway.request('DELETE', '/admin/session', undefined, { authorization: `Bearer ${session}` });
    await page.reload();
    await page.getByText('Your session has ended').waitFor();
    watched.faults.length = 0;
    await signIn(watched, '/keys');
    expect(watched.faults).toEqual([]);
    await watched.close();
  });

  it('adds accounts, one and many, takes one out and puts it back, and tells what happened', { timeout }, async () => {
    const watched = await open();
    const { page } = watched;
    await signIn(watched);
    await page.getByRole('button', { name: 'Add account' }).click();
    await page.getByRole('tab', { name: 'Password' }).click();
    await page.getByLabel('E-mail').fill('two@example.com');
    await page.locator('input[type=password]').fill('correct horse');
    await page.getByLabel('Label').fill('second');
    await watched.checkAccessibility();
    await page.getByRole('dialog').getByRole('button', { name: 'Add account' }).click();
    const card = page.getByRole('article', { name: 'second' });
    await card.getByText('Working').waitFor();

    await card.getByRole('button', { name: 'Take out' }).click();
    await card.getByText('Out of use').waitFor();
    await card.getByRole('button', { name: 'Put in use' }).click();
    await card.getByText('Working').waitFor();
    await card.getByRole('button', { name: 'History' }).click();
    await page.getByText('Put back in use').waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Add many' }).click();
    await page.getByLabel('Accounts', { exact: true }).fill('three@example.com:correct horse\nfour@example.com:wrong');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('2 of 2 done, 1 failed').waitFor();
    await page.getByRole('dialog').getByText('Close').click();
    await page.getByRole('article').nth(2).waitFor();
    expect(watched.faults).toEqual([]);
    await watched.close();
  });

  it('leads out of a verification', { timeout }, async () => {
    const watched = await open();
    const { page } = watched;
    const { data } = JSON.parse(await (await gateway.request('GET', '/admin/accounts')).text());
    for (const { id, label } of data) {
      if (label === 'second') await gateway.request('POST', `/admin/accounts/${id}/enable`);
      else await gateway.request('POST', `/admin/accounts/${id}/disable`);
    }
    gateway.simulator.control.fault({ fault: 'rgv587', times: 1 });
    await gateway.request('POST', '/v1/chat/completions', {
      model: 'qwen3.7-plus',
      messages: [{ role: 'user', content: 'Hello' }],
    });
    await signIn(watched);
    const card = page.getByRole('article', { name: 'second' });
    await card.getByText('Needs verification').waitFor();
    await card.getByRole('button', { name: 'What to do' }).click();
    expect(await page.getByRole('dialog').getByRole('listitem').count()).toBe(4);
    await watched.checkAccessibility();
    await page.getByRole('button', { name: 'I solved it' }).click();
    await card.getByText('Working').waitFor();
    expect(watched.faults).toEqual([]);
    await watched.close();
  });

  it('makes a key that works, shown once, changes it and removes it', { timeout }, async () => {
    const watched = await open();
    const { page } = watched;
    await signIn(watched, '/keys');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByLabel('Name').fill('reading room');
    await page.getByLabel('Models').fill('qwen3.7-plus');
    await page.getByLabel('Chat', { exact: true }).check();
    await watched.checkAccessibility();
    await page.getByRole('dialog').getByRole('button', { name: 'Make a key' }).click();
    const dialog = page.getByRole('dialog', { name: 'reading room is made' });
    const key = await dialog.locator('code').innerText();
    await dialog.getByRole('button', { name: 'Copy: reading room' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(key);
    const models = await gateway.request('GET', '/v1/models', undefined, { authorization: `Bearer ${key}` });
    expect(models.status).toBe(200);
    await dialog.getByRole('button', { name: 'Done' }).click();

    const row = page.getByRole('row', { name: 'reading room' });
    await row.getByText('qwen3.7-plus · Chat').waitFor();
    expect(await page.content()).not.toContain(key);
    await row.getByRole('button', { name: 'Change' }).click();
    await page.getByLabel('Name').fill('library');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: 'library' }).getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('row', { name: 'library' }).waitFor({ state: 'detached' });
    expect(watched.faults).toEqual([]);
    await watched.close();
  });

  it.each([
    ['zh-CN', '登录'],
    ['zh-TW', '登入'],
    ['ru-RU', 'Войти'],
  ])('speaks the language of a browser from %s, and another when told', { timeout }, async (locale, word) => {
    const watched = await open({ locale });
    const { page } = watched;
    await page.getByRole('link', { name: word }).first().waitFor();
    await page.getByRole('combobox').selectOption('en');
    await page.getByRole('link', { name: 'Sign in', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Sign in', exact: true }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    expect(watched.faults).toEqual([]);
    await watched.close();
  });

  it('is used by keys alone', { timeout }, async () => {
    const watched = await open();
    const { page } = watched;
    await page.getByRole('tab', { name: 'curl' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('from openai import OpenAI').waitFor();
    await page.keyboard.press('Tab');
    await page.evaluate('window.scrollTo(0, 0)');
    await page.goto(`${gateway.runtime.url}/#/sign-in`);
    await page.getByLabel('Admin key').fill(gateway.adminKey);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/#/accounts');
    await page.getByRole('heading', { level: 1, name: 'Accounts' }).waitFor();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    expect(watched.faults).toEqual([]);
    await watched.close();
  });
});
