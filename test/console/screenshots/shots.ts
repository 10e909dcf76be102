import type { Page } from 'playwright-core';
import type { TestGateway } from '../../support/gateway.ts';
import { playToEnd } from '../../support/play-to-end.ts';
import { dayAgo, firstOfWeeks, lastOfWeeks } from './usage-weeks.ts';

/** One picture: what is done on the page before it is taken. */
export interface Shot {
  readonly name: string;
  /** Behind the `#`. */
  readonly path: string;
  readonly signedOut?: true;
  /** What has to be seen, on phones too. */
  readonly shown?: string;
  readonly prepare?: (page: Page, gateway: TestGateway) => Promise<void>;
}

/** Every page, in the order in which an owner meets them. */
export const shots: readonly Shot[] = [
  { name: 'home', path: '/', signedOut: true, prepare: (page) => page.getByText('Working').waitFor() },
  { name: 'sign-in', path: '/sign-in', signedOut: true },
  { name: 'playground', path: '/playground', prepare: chat },
  { name: 'playground-picture', path: '/playground', prepare: picture, shown: 'figure .row' },
  { name: 'playground-video', path: '/playground', prepare: video, shown: 'article footer' },
  { name: 'accounts', path: '/accounts' },
  { name: 'keys', path: '/keys' },
  { name: 'jobs', path: '/jobs', prepare: jobs },
  { name: 'usage', path: '/usage', prepare: usage },
  { name: 'requests', path: '/requests', prepare: (page) => page.getByText('Record for an hour').waitFor() },
  { name: 'settings', path: '/settings' },
  { name: 'audit', path: '/audit' },
];

async function chat(page: Page, gateway: TestGateway): Promise<void> {
  gateway.simulator.control.script({
    reasoning: 'Two things make tides: the pull of the moon, and the turning of the earth.',
    text: [
      'Twice a day the water rises, because the earth turns through **two bulges**:\n\n',
      '1. one below the moon, where its pull is strongest\n2. one on the far side, where it is weakest\n\n',
      'At new and full moon the sun helps, and the tides are *spring tides*.',
    ],
  });
  await page.getByLabel('Your message').fill('Why are there two tides a day?');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('first word after').waitFor();
}

async function picture(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Picture' }).click();
  await page.getByLabel('What is to be seen').fill('The sea at dusk, seen from a lighthouse');
  // Folded on phones.
  const count = page.getByLabel('How many');
  const options = page.getByRole('tabpanel').getByText('Options');
  const isFolded = !(await count.isVisible());
  if (isFolded) await options.click();
  await count.fill('2');
  await page.getByLabel('Shape or size').selectOption('16:9');
  if (isFolded) await options.click();
  await page.getByRole('button', { name: 'Make pictures' }).click();
  await page.getByRole('region', { name: 'Gallery' }).getByRole('figure').nth(1).waitFor();
}

async function video(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Video' }).click();
  await page.getByLabel('What is to happen').fill('A paper boat drifts over a pond');
  await page.getByRole('button', { name: 'Make a video' }).click();
  await page.getByRole('article').getByText('Done').waitFor();
  // Its last frame, and not the player's empty ground.
  await page.evaluate(playToEnd);
}

async function jobs(page: Page, gateway: TestGateway): Promise<void> {
  gateway.simulator.control.videoPolls(1_000_000);
  await gateway.request('POST', '/v1/videos', { prompt: 'Snow falls on a quiet street' });
  await page.locator('progress[value="50"]').waitFor();
}

async function usage(page: Page): Promise<void> {
  await page.getByText('Own dates').click();
  await page.getByLabel('First day').fill(dayAgo(firstOfWeeks));
  await page.getByLabel('Last day').fill(dayAgo(lastOfWeeks));
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('tabpanel').getByText('qwen3-coder-plus').first().waitFor();
}
