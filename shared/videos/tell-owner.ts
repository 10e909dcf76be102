import { GatewayError } from '../chat/errors/gateway-error.ts';
import type { Job } from '../jobs/job.ts';
import { type JobWebhook, openWebhookOf } from '../jobs/job-webhook.ts';
import { StoreUnavailableError } from '../store/store-errors.ts';
import type { Delivery } from '../webhooks/webhook-sender.ts';
import { signEvent } from '../webhooks/webhook-signature.ts';
import { videoEvent } from './video-event.ts';
import type { VideoWork } from './video-work.ts';

/** How the waits between tries grow, as multiples of the first one. After the last there is one more try. */
const waits = [1, 6, 30, 270] as const;
/** Seconds until another look at a job that somebody else has changed. */
const changedWait = 1;

/**
 * Tells the end of a video to whom it is to be told, when it is time to. The try is written down before it is made, so
 * that of two workers one makes it, and a kill costs one try: the next one repeats it under the same id.
 *
 * @param ended over, and written so: nothing here changes how.
 * @returns seconds until there is more to do; `undefined` when there is nothing.
 * @throws StoreUnavailableError
 */
export async function tellOwner(work: VideoWork, ended: Job, signal: AbortSignal): Promise<number | undefined> {
  const webhook = openWebhookOf(ended);
  if (webhook === undefined) return undefined;
  const now = work.now();
  if (webhook.nextAt !== undefined && webhook.nextAt > now) return Math.ceil((webhook.nextAt - now) / 1000);
  if (signal.aborted) return changedWait;
  if (webhook.tries > waits.length) return giveUp(work, ended, webhook, 'broke off while it was called.');
  const tries = webhook.tries + 1;
  const tried = { ...webhook, tries, nextAt: now + waitAfter(work, tries) * 1000 };
  const claimed = await work.store.move(ended, 'tell', { webhook: tried });
  if (claimed === undefined) return changedWait;
  return settle(work, claimed, tried, await deliver(work, claimed, tried.url, signal));
}

async function deliver({ webhooks, now, logger }: VideoWork, job: Job, url: string, signal: AbortSignal) {
  try {
    const key = await webhooks.key();
    if (key === undefined) return { type: 'unsigned' } as const;
    const event = videoEvent(job);
    return await webhooks.sender.send(url, signEvent(event, key, now()), event.body, signal);
  } catch (error) {
    if (!(error instanceof GatewayError) || error instanceof StoreUnavailableError) throw error;
    logger.warn('webhook not signed', { job: job.key.id, error });
    return { type: 'failed', why: 'was not called: the event could not be signed.' } as const;
  }
}

/** Writes down what became of a try. */
async function settle(
  work: VideoWork,
  job: Job,
  tried: JobWebhook,
  delivery: Delivery | { readonly type: 'unsigned' },
): Promise<number | undefined> {
  const { logger, now } = work;
  const { url, tries } = tried;
  switch (delivery.type) {
    case 'delivered':
      logger.info('webhook delivered', { job: job.key.id, tries });
      return note(work, job, { url, tries, deliveredAt: now() });
    case 'refused':
      return giveUp(work, job, tried, 'wants no more events (status 410).');
    case 'unsigned':
      return giveUp(work, job, tried, 'was not called: the gateway has no WEBHOOK_SECRET.');
    default: {
      if (tries > waits.length) return giveUp(work, job, tried, delivery.why);
      logger.info('webhook not delivered yet', { job: job.key.id, tries, why: delivery.why });
      const seconds = waitAfter(work, tries);
      return note(work, job, { ...tried, nextAt: now() + seconds * 1000, failure: told(delivery.why) }, seconds);
    }
  }
}

function giveUp(work: VideoWork, job: Job, { url, tries }: JobWebhook, why: string): Promise<number | undefined> {
  work.logger.warn('webhook given up', { job: job.key.id, tries, why });
  return note(work, job, { url, tries, failure: told(why), isGivenUp: true });
}

/** @returns `seconds`, unless somebody else has changed the job: then it is to be read again. */
async function note(
  { store }: VideoWork,
  job: Job,
  webhook: JobWebhook,
  seconds?: number,
): Promise<number | undefined> {
  return (await store.move(job, 'tell', { webhook })) === undefined ? changedWait : seconds;
}

function told(why: string): string {
  return `The server ${why}`;
}

/** @param tries from 1. @returns seconds; a kill in the last try is waited for as long as one in the first. */
function waitAfter({ webhooks }: VideoWork, tries: number): number {
  return webhooks.retrySeconds * (waits[tries - 1] ?? 1);
}
