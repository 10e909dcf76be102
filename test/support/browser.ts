import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Debian's own; the package brings none. `npm run test:console` installs it. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a page must not do, noted while a test uses it. */
export interface Watched {
  readonly page: Page;
  /** Errors in the console, requests that leave the origins, crashes: each in a line. Empty when all is well. */
  readonly faults: string[];
  /** Waits for no serious finding of axe. @throws Error with the findings. */
  readonly checkAccessibility: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface PageOptions {
  readonly url: string;
  /** Origins beside the page's own that it may ask, as that of stored results. */
  readonly origins?: readonly string[];
  /** CSS pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly locale?: string;
}

/** Chromium without a window, and without anything that it would ask of others by itself. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Opens a page of the console in a fresh profile. */
export async function openPage(browser: Browser, options: PageOptions): Promise<Watched> {
  const { url, width = 1280, height = 900, colorScheme = 'light', locale = 'en', origins = [] } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const faults: string[] = [];
  watch(page, [new URL(url).origin, ...origins], faults);
  await page.goto(url);
  await page.locator('[data-page-title]').waitFor();
  return { page, faults, checkAccessibility: () => checkAccessibility(page), close: () => closeAll(context) };
}

function watch(page: Page, origins: readonly string[], faults: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      faults.push(`console: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('crash', () => faults.push('crashed'));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.protocol !== 'blob:' && !origins.includes(url.origin)) {
      faults.push(`left the origin: ${url.origin}${url.pathname}`);
    }
  });
}

async function checkAccessibility(page: Page): Promise<void> {
  // Through the debugger, because the page's policy allows no script of others.
  await page.evaluate(axeSource);
  const findings: string[] = await page.evaluate(`
    axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, help, nodes }) => id + ': ' + help + ' ' + nodes.map(({ html, failureSummary }) => html + ' ' + failureSummary).join(' | ')))
  `);
  if (findings.length > 0) throw new Error(findings.join('\n'));
}

async function closeAll(context: BrowserContext): Promise<void> {
  await context.close();
}
