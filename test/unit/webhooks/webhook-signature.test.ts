import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { readWebhookSecret, signEvent } from '../../../shared/webhooks/webhook-signature.ts';

const { webhooks } = new OpenAI({ apiKey: 'none' });
const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'video.completed', data: { id: 'video_1' } });

function keyOf(secret: string): Buffer {
  const key = readWebhookSecret(secret);
  if (key === undefined) throw new Error('no secret');
  return key;
}

describe('the signature of an event', () => {
  it('is accepted by the openai package, for every secret and body', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 24, maxLength: 64 }), fc.json(), async (bytes, data) => {
        const secret = `whsec_${Buffer.from(bytes).toString('base64')}`;
        const text = JSON.stringify({ id: 'evt', data });
        const headers = signEvent({ id: 'evt', body: text }, keyOf(secret), Date.now());
        expect(await webhooks.unwrap(text, headers, secret)).toEqual(JSON.parse(text));
      }),
      { numRuns: 30 },
    );
  });

  it('is refused with another body, id, time or secret', async () => {
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    const headers = signEvent({ id: 'evt', body }, keyOf(secret), Date.now());
    await webhooks.verifySignature(body, headers, secret);
    const other = `whsec_${randomBytes(32).toString('base64')}`;
    await expect(webhooks.verifySignature(`${body} `, headers, secret)).rejects.toThrow();
    await expect(webhooks.verifySignature(body, { ...headers, 'webhook-id': 'x' }, secret)).rejects.toThrow();
    await expect(webhooks.verifySignature(body, headers, other)).rejects.toThrow();
    const old = signEvent({ id: 'evt', body }, keyOf(secret), Date.now() - 600_000);
    await expect(webhooks.verifySignature(body, old, secret)).rejects.toThrow();
  });

  it.each(['', 'whsec_', 'secret', `whsec_${randomBytes(23).toString('base64')}`, 'whsec_*'])(
    'is not made with %s',
    (secret) => {
      expect(readWebhookSecret(secret)).toBeUndefined();
    },
  );
});
