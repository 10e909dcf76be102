import { createHmac } from 'node:crypto';

/** What a secret looks like, in its usual form and in bytes (Standard Webhooks: 24 to 64 of them). */
const form = /^whsec_([A-Za-z0-9+/]+={0,2})$/;
const leastBytes = 24;

/** @returns the key that a `whsec_` secret stands for; `undefined` when it is none. */
export function readWebhookSecret(secret: string): Buffer | undefined {
  const key = Buffer.from(form.exec(secret)?.[1] ?? '', 'base64');
  return key.length >= leastBytes ? key : undefined;
}

/** One event as it is sent. */
export interface SignedEvent {
  /** The same with each try. */
  readonly id: string;
  /** JSON. */
  readonly body: string;
}

/**
 * The headers of the Standard Webhooks scheme, which OpenAI's packages check too: the signature is over id, time and body.
 *
 * @param now epoch milliseconds of this try; receivers refuse what is minutes old.
 */
export function signEvent({ id, body }: SignedEvent, key: Buffer, now: number): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
