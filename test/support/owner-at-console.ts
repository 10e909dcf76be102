import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage, type PageOptions, type Watched } from './browser.ts';
import { openGateway, type TestGateway } from './gateway.ts';

/** An owner in front of a gateway's console. */
export interface OwnerAtConsole {
  readonly gateway: TestGateway;
  /** Opens a page of the console as `usage`, signed in, and waits for what it shows. */
  open(path: string, options?: Omit<PageOptions, 'url'>): Promise<Watched>;
  /** A setting as the admin API tells it now. */
  setting(name: string): Promise<unknown>;
  /** Lets a model answer; with the admin key unless another is given. @throws Error when it does not. */
  chat(content: string, key?: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts a gateway where settings count at once, so that no test waits for a cache. */
export async function openOwner(): Promise<OwnerAtConsole> {
  const [gateway, browser] = await Promise.all([openGateway({ env: { SETTINGS_CACHE_SECONDS: '0' } }), openBrowser()]);
  return {
    gateway,
    open: (path, options = {}) => open(gateway, browser, path, options),
    async setting(name) {
      const { data } = JSON.parse(await (await gateway.request('GET', '/admin/settings')).text());
      return data.find((one: { readonly name: string }) => one.name === name);
    },
    async chat(content, key = gateway.adminKey) {
      const body = { model: 'qwen3.7-plus', messages: [{ role: 'user', content }] };
      const answer = await gateway.request('POST', '/v1/chat/completions', body, { authorization: `Bearer ${key}` });
      if (!answer.ok) throw new Error(`The chat was answered with ${answer.status}`);
      await answer.text();
    },
    async close() {
      await browser.close();
      await gateway.close();
    },
  };
}

/** Waits until nothing of a page is on its way. */
export async function isLoaded(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('Loading').waitFor({ state: 'detached' });
}

/** What went wrong besides refusals, which browsers write into their console themselves. */
export function ownFaults({ faults }: Watched): readonly string[] {
  return faults.filter((fault) => !fault.includes('Failed to load resource'));
}

async function open(
  { runtime, adminKey }: TestGateway,
  browser: Browser,
  path: string,
  options: Omit<PageOptions, 'url'>,
): Promise<Watched> {
  const watched = await openPage(browser, { url: `${runtime.url}/#/${path}`, ...options });
  const { page } = watched;
  await page.getByLabel('Admin key').fill(adminKey);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`**/#/${path}`);
  await isLoaded(page);
  return watched;
}
