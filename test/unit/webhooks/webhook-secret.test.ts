import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SecretBox } from '../../../shared/secrets/secret-box.ts';
import { webhookSecretKey } from '../../../shared/store/keys.ts';
import { ConfigurationError } from '../../../shared/store/store-errors.ts';
import { fetchWebhookKey, hasWebhookSecret, importWebhookSecret } from '../../../shared/webhooks/webhook-secret.ts';
import { MemoryTable } from '../../support/memory-table.ts';

const boxWith = (key: Buffer) => new SecretBox(async () => key);
const bytes = randomBytes(32);
const WEBHOOK_SECRET = `whsec_${bytes.toString('base64')}`;

describe('the secret of webhooks', () => {
  it('is stored encrypted, once, and removed with its setting', async () => {
    const table = new MemoryTable();
    const box = boxWith(randomBytes(32));
    expect(await hasWebhookSecret(table)).toBe(false);
    expect(await fetchWebhookKey(table, box)).toBeUndefined();
    await importWebhookSecret({ WEBHOOK_SECRET }, table, box);
    const stored = table.peek(webhookSecretKey);
    expect(JSON.stringify(stored)).not.toContain(bytes.toString('base64'));
    await importWebhookSecret({ WEBHOOK_SECRET }, table, box);
    expect(table.peek(webhookSecretKey)).toEqual(stored);
    expect(await hasWebhookSecret(table)).toBe(true);
    expect(await fetchWebhookKey(table, box)).toEqual(bytes);
    await importWebhookSecret({ WEBHOOK_SECRET: ' ' }, table, box);
    expect(await hasWebhookSecret(table)).toBe(false);
  });

  it('is as good as none with another key, and is written anew', async () => {
    const table = new MemoryTable();
    await importWebhookSecret({ WEBHOOK_SECRET }, table, boxWith(randomBytes(32)));
    const other = boxWith(randomBytes(32));
    expect(await fetchWebhookKey(table, other)).toBeUndefined();
    await importWebhookSecret({ WEBHOOK_SECRET }, table, other);
    expect(await fetchWebhookKey(table, other)).toEqual(bytes);
  });

  it('is refused when it is none, without being told', async () => {
    const refused = importWebhookSecret({ WEBHOOK_SECRET: 'guessable' }, new MemoryTable(), boxWith(randomBytes(32)));
    await expect(refused).rejects.toBeInstanceOf(ConfigurationError);
    await expect(refused).rejects.not.toThrow('guessable');
  });
});
