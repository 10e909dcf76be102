import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OwnerAtConsole, openOwner, ownFaults } from '../../support/owner-at-console.ts';

const timeout = 90_000;

describe.skipIf(process.env.BROWSER === undefined)('the page of settings', () => {
  let owner: OwnerAtConsole;

  beforeAll(async () => {
    owner = await openOwner();
  });
  afterAll(() => owner?.close());

  it('changes settings together, and takes one back', { timeout }, async () => {
    const watched = await owner.open('settings');
    const { page } = watched;
    await page.getByLabel('KEEP_CHATS', { exact: true }).check();
    await page.getByLabel('ACCOUNT_WAIT_SECONDS', { exact: true }).fill('9999');
    await page.getByText('2 changes to save').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('must be a whole number from 0 to 300').waitFor();
    await watched.checkAccessibility();
    expect(await owner.setting('KEEP_CHATS')).toMatchObject({ source: 'default' });

    await page.getByLabel('ACCOUNT_WAIT_SECONDS', { exact: true }).fill('45');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('2 settings are saved.').waitFor();
    expect(await owner.setting('KEEP_CHATS')).toMatchObject({ value: true, source: 'live' });
    expect(await owner.setting('ACCOUNT_WAIT_SECONDS')).toMatchObject({ value: 45 });

    await page.getByRole('button', { name: /^Back to environment or default.*KEEP_CHATS$/ }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('1 setting is saved.').waitFor();
    expect(await owner.setting('KEEP_CHATS')).toMatchObject({ value: false, source: 'default' });
    expect(ownFaults(watched)).toEqual([]);
    await watched.close();
  });

  it('loses nobody’s changes when two owners change settings, and undoes one', { timeout }, async () => {
    const watched = await owner.open('settings');
    const { page } = watched;
    await page.getByLabel('CHAT_TITLE', { exact: true }).fill('Mine');
    await owner.gateway.request('PATCH', '/admin/settings', { values: { LOG_LEVEL: 'warn' } });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Settings were changed elsewhere meanwhile').waitFor();
    expect(await page.getByLabel('LOG_LEVEL', { exact: true }).inputValue()).toBe('warn');
    expect(await page.getByLabel('CHAT_TITLE', { exact: true }).inputValue()).toBe('Mine');

    // Who leaves now is asked before.
    await page.getByRole('link', { name: 'Keys' }).click();
    await page.getByText('1 change is lost.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('1 setting is saved.').waitFor();
    expect(await owner.setting('CHAT_TITLE')).toMatchObject({ value: 'Mine' });

    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('button', { name: /^Undo/ }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await page.getByText('The change is undone.').waitFor();
    expect(await owner.setting('CHAT_TITLE')).toMatchObject({ source: 'default' });
    expect(await owner.setting('LOG_LEVEL')).toMatchObject({ value: 'warn' });
    expect(ownFaults(watched)).toEqual([]);
    await watched.close();
  });
});
