import OpenAI from 'openai';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBrowser, openPage, type Watched } from '../../support/browser.ts';
import { ask, openGateway, parsed, type TestGateway } from '../../support/gateway.ts';
import { playToEnd } from '../../support/play-to-end.ts';

const timeout = 90_000;
const password = 'correct horse';
const model = 'qwen3.7-plus';
const more = ['two', 'three', 'four', 'five', 'six', 'seven'].map((name) => `${name}@example.com`);
const paths = ['', 'playground', 'accounts', 'keys', 'jobs', 'settings', 'usage', 'requests', 'audit'] as const;

/** What an owner does from the first start on, in one browser; each step begins where the one before has ended. */
describe.skipIf(process.env.BROWSER === undefined)('an owner’s first hour', () => {
  let gateway: TestGateway;
  let browser: Browser;
  let watched: Watched;
  let page: Page;
  let key = '';
  let isBroken = false;

  beforeAll(async () => {
    [gateway, browser] = await Promise.all([
      openGateway({ accounts: [], env: { VIDEO_POLL_SECONDS: '1' } }),
      openBrowser(),
    ]);
    for (const email of ['one@example.com', ...more]) gateway.simulator.control.accounts.add({ email, password });
    watched = await openPage(browser, { url: `${gateway.runtime.url}/` });
    page = watched.page;
    page.setDefaultTimeout(20_000);
  }, timeout);
  beforeEach(({ skip }) => skip(isBroken, 'the story has broken off before'));
  afterEach(({ task }) => {
    isBroken ||= task.result?.state === 'fail';
  });
  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });

  const visit = async (path: string) => {
    await page.goto(`${gateway.runtime.url}/#/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText('Loading').waitFor({ state: 'detached' });
  };
  const menu = (title: string) =>
    page.getByRole('navigation', { name: 'All pages' }).getByRole('link', { name: title }).click();

  it('sees that there is no account, and signs in', { timeout }, async () => {
    await page.getByText('No account yet').first().waitFor();
    await page.getByRole('link', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('Admin key').fill(gateway.adminKey);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/#/accounts');
  });

  it('adds an account', { timeout }, async () => {
    await page.getByRole('heading', { name: 'No account yet' }).waitFor();
    await page.getByRole('button', { name: 'Add account' }).last().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('tab', { name: 'Password' }).click();
    await dialog.getByLabel('E-mail').fill('one@example.com');
    await dialog.locator('input[type=password]').fill(password);
    await dialog.getByLabel('Label').fill('first');
    await dialog.getByRole('button', { name: 'Add account' }).click();
    await page.getByRole('article', { name: 'first' }).getByText('Working').waitFor();
  });

  it('watches it answer in the playground', { timeout }, async () => {
    gateway.simulator.control.script({ text: ['It **stands**', ' on a cliff.'] });
    await menu('Playground');
    await page.getByLabel('Your message').fill('Where is the lighthouse?');
    await page.getByRole('button', { name: 'Send' }).click();
    const answer = page.getByRole('article', { name: 'Answer' });
    await answer.getByText('It stands on a cliff.').waitFor();
    await answer.getByText('first word after').waitFor();
    expect(await answer.locator('strong').innerText()).toBe('stands');
    await page.getByRole('button', { name: 'Show as code' }).click();
    await page.getByText('Where is the lighthouse?').last().waitFor();
    await page.keyboard.press('Escape');
  });

  it('makes a key, and a client works with it', { timeout }, async () => {
    await menu('Keys');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByLabel('Name').fill('reading room');
    await page.getByRole('dialog').getByRole('button', { name: 'Make a key' }).click();
    const dialog = page.getByRole('dialog', { name: 'reading room is made' });
    key = await dialog.locator('code').innerText();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('row', { name: 'reading room' }).waitFor();

    const openai = new OpenAI({ baseURL: `${gateway.runtime.url}/v1`, apiKey: key, maxRetries: 0 });
    // A function that has just looked at the keys looks again after a second.
    const answer = await vi.waitFor(
      () => openai.chat.completions.create({ model, messages: [{ role: 'user', content: 'repeat: Ahoy' }] }),
      { timeout: 10_000, interval: 250 },
    );
    expect(answer.choices[0]?.message.content).toBe('Ahoy');
  });

  it('sees what the key has used', { timeout }, async () => {
    await menu('Usage');
    await page.getByRole('tab', { name: 'By key' }).click();
    const row = page.getByRole('row', { name: 'reading room' });
    await row.first().waitFor();
    expect(await row.first().innerText()).toMatch(/\b1\b/);
    await menu('Requests');
    await page.getByRole('row', { name: 'reading room' }).first().waitFor();
  });

  it('is helped out of a verification', { timeout }, async () => {
    gateway.simulator.control.fault({ fault: 'rgv587', times: 1 });
    const stopped = await gateway.request('POST', '/v1/chat/completions', ask('Hello'), {
      authorization: `Bearer ${key}`,
    });
    expect((await parsed(stopped)).error.message).toEqual(expect.any(String));
    await menu('Accounts');
    const card = page.getByRole('article', { name: 'first' });
    await card.getByText('Needs verification').waitFor();
    await card.getByRole('button', { name: 'What to do' }).click();
    await page.getByRole('button', { name: 'I solved it' }).click();
    await card.getByText('Working').waitFor();
  });

  it('adds many accounts, and sees the bar come to its end', { timeout }, async () => {
    await page.getByRole('button', { name: 'Add many' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Accounts', { exact: true }).fill(more.map((email) => `${email}:${password}`).join('\n'));
    await dialog.getByRole('button', { name: 'Start' }).click();
    await dialog.getByText(`${more.length} of ${more.length} done`).waitFor();
    expect(await dialog.getByRole('progressbar').getAttribute('value')).toBe('100');
    await dialog.getByText('Close').click();
    await page.getByRole('article').nth(more.length).waitFor();
  });

  it('has pictures made, and changes one', { timeout }, async () => {
    await menu('Playground');
    await page.getByRole('tab', { name: 'Picture' }).click();
    await page.getByLabel('What is to be seen').fill('A lighthouse');
    await page.getByLabel('How many').fill('2');
    await page.getByLabel('Shape or size').selectOption('16:9');
    await page.getByText('Look and wishes').click();
    await page.getByLabel('Ready-made look').selectOption('ink');
    await page.getByRole('button', { name: 'Make pictures' }).click();
    const pictures = page.getByRole('region', { name: 'Gallery' }).getByRole('figure');
    await pictures.nth(1).waitFor();
    await page.getByText('1664x928').first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      pictures.first().getByRole('link', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^picture-\d\.png$/);
    const seen = JSON.stringify(gateway.simulator.control.prompts().at(-1)?.conversation);
    expect(seen).toContain('Art style: ink wash painting');

    await pictures.first().getByRole('button', { name: 'Change this one' }).click();
    await page.getByLabel('What is to be seen').fill('At night');
    await page.getByLabel('How many').fill('1');
    await page.getByRole('button', { name: 'Change the picture' }).click();
    await pictures.nth(2).waitFor();
    expect(gateway.simulator.control.uploads()).toHaveLength(1);
  });

  it('has a video made, and sees it to its end', { timeout }, async () => {
    gateway.simulator.control.videoPolls(2);
    await page.getByRole('tab', { name: 'Video' }).click();
    await page.getByLabel('What is to happen').fill('A paper boat drifts over a pond');
    await page.getByLabel('Seconds').fill('4');
    await page.getByRole('button', { name: 'Make a video' }).click();
    const card = page.getByRole('article', { name: 'A paper boat drifts over a pond' });
    await card.getByText('Done').waitFor();
    await page.evaluate(playToEnd);
    await menu('Jobs');
    const row = page.getByRole('row', { name: 'A paper boat' });
    await row.getByText('Done').waitFor();
    await row.getByRole('button', { name: 'Details' }).click();
    await page.getByRole('dialog').locator('video').waitFor();
    await watched.checkAccessibility();
    await page.keyboard.press('Escape');
  });

  it.each(['light', 'dark'] as const)(
    'finds every page usable by everybody, in %s',
    { timeout },
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const path of paths) {
        await visit(path);
        await watched.checkAccessibility();
      }
      await visit('playground');
      for (const tab of ['Picture', 'Video']) {
        await page.getByRole('tab', { name: tab }).click();
        await page.getByText(tab === 'Video' ? 'Make a video' : 'Make pictures').waitFor();
        await watched.checkAccessibility();
      }
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
    },
  );

  it('has met no error, and asked nobody but the own storage', async () => {
    const jobs = await parsed(await gateway.request('GET', '/admin/jobs?kind=video'));
    const storage = new URL(jobs.data[0].previews[0].url);
    expect(storage.hostname).toBe('127.0.0.1');
    expect(watched.faults.filter((fault) => !fault.startsWith(`left the origin: ${storage.origin}/`))).toEqual([]);
  });
});
