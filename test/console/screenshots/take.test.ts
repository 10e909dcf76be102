import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from '../../support/browser.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { openFilledGateway } from './filled-gateway.ts';
import { type Shot, shots } from './shots.ts';

const folder = join(import.meta.dirname, '../../../docs/console');
const sizes = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
const timeout = 240_000;
/** Names with commas between them; all pages for `all`. */
const wanted = process.env.SCREENSHOTS ?? '';

// npm run console:screenshots
describe.skipIf(wanted === '')('pictures of every page', () => {
  let gateway: TestGateway;
  let browser: Browser;
  const seeded = new Set<string>();

  beforeAll(async () => {
    [gateway, browser] = await Promise.all([openFilledGateway(), openBrowser()]);
    for await (const { id } of gateway.openai.videos.list()) seeded.add(id);
    await mkdir(folder, { recursive: true });
  }, timeout);
  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });

  it.each([
    ['wide', 'light'],
    ['wide', 'dark'],
    ['phone', 'light'],
    ['phone', 'dark'],
  ] as const)('are taken, %s and %s', { timeout }, async (size, colorScheme) => {
    const url = `${gateway.runtime.url}/`;
    const { page, faults, close } = await openPage(browser, { url, ...sizes[size], colorScheme });
    page.setDefaultTimeout(20_000);
    for (const shot of shots.filter(({ name }) => wanted === 'all' || wanted.split(',').includes(name))) {
      if (shot.signedOut === undefined) await signIn(page);
      await writeFile(join(folder, `${shot.name}-${size}-${colorScheme}.png`), await take(page, shot));
    }
    expect(faults.filter((fault) => !fault.startsWith('left the origin: http://127.0.0.1'))).toEqual([]);
    await close();
    await removeVideos();
  });

  async function signIn(page: Page): Promise<void> {
    await page.goto(`${gateway.runtime.url}/#/accounts`);
    const key = page.getByLabel('Admin key');
    await key.or(page.getByRole('button', { name: 'Add many' })).waitFor();
    if (!(await key.isVisible())) return;
    await key.fill(gateway.adminKey);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Add many' }).waitFor();
  }

  async function take(page: Page, { path, prepare, shown }: Shot): Promise<Buffer> {
    // The page of its own opens anew, without what the one before has left.
    await page.goto(`${gateway.runtime.url}/#${path}`);
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText('Loading').waitFor({ state: 'detached' });
    await prepare?.(page, gateway);
    await page.evaluate('window.scrollTo(0, 0)');
    if (shown !== undefined) await page.locator(shown).first().scrollIntoViewIfNeeded();
    await page.mouse.move(0, 0);
    const whole = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    return sharp(whole).png({ palette: true, colours: 128, effort: 10 }).toBuffer();
  }

  /** So that the next round begins as this one did. */
  async function removeVideos(): Promise<void> {
    gateway.simulator.control.videoPolls(1);
    for await (const { id } of gateway.openai.videos.list()) {
      if (!seeded.has(id)) await gateway.openai.videos.delete(id);
    }
  }
});
