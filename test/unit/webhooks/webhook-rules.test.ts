import { describe, expect, it } from 'vitest';
import { WebhookOrders } from '../../../shared/webhooks/webhook-orders.ts';
import { webhookRules } from '../../../shared/webhooks/webhook-rules.ts';

const refusedAlways = [
  'ftp://example.com/',
  'not a url',
  '',
  'https://user:secret@example.com/',
  'https://169.254.169.254/latest/meta-data',
  'https://[fe80::1]/',
  'https://0.0.0.0/',
  'https://[::ffff:169.254.169.254]/',
];
const refusedInPublic = [
  'http://example.com/hook',
  'https://127.0.0.1/',
  'https://127.1/',
  'https://0x7f000001/',
  'https://[::1]:8443/',
  'https://10.1.2.3/',
  'https://192.168.1.1/',
  'https://172.20.0.1/',
  'https://[fd00::1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://localhost/',
  'https://hooks.localhost./',
];

describe('the addresses of webhooks', () => {
  it.each([...refusedAlways, ...refusedInPublic])('refuse %s', (url) => {
    expect(webhookRules(false).problemOf(url)).toMatch(/^(must|leads|is longer)/);
  });

  it.each(['https://example.com/hook?a=b', 'https://8.8.8.8/', 'https://[2606:4700::1111]:8443/'])('take %s', (url) => {
    expect(webhookRules(false).problemOf(url)).toBeUndefined();
  });

  it.each(refusedInPublic)('take %s where private ones are allowed', (url) => {
    expect(webhookRules(true).problemOf(url)).toBeUndefined();
  });

  it.each(refusedAlways)('refuse %s also there', (url) => {
    expect(webhookRules(true).problemOf(url)).toBeDefined();
  });

  it('end somewhere', () => {
    expect(webhookRules(true).problemOf(`https://example.com/${'x'.repeat(2048)}`)).toMatch(/longer than 2048/);
  });

  it('are checked again when a name has led to them', () => {
    const strict = webhookRules(false).mayCall;
    const loose = webhookRules(true).mayCall;
    expect(['8.8.8.8', '127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', 'x'].map(strict)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(['8.8.8.8', '127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', 'x'].map(loose)).toEqual([
      true,
      true,
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('whom a job’s end is told', () => {
  const orders = (ownUrl: string, isSigned = true) =>
    new WebhookOrders({ ownUrl, rules: webhookRules(false), hasSecret: async () => isSigned });

  it('is the caller’s server, else the owner’s, else nobody', async () => {
    expect(await orders('https://own.example/').urlFor('https://asked.example/')).toBe('https://asked.example/');
    expect(await orders('https://own.example/').urlFor(undefined)).toBe('https://own.example/');
    expect(await orders('').urlFor(undefined)).toBeUndefined();
  });

  it('is refused by its field when it can’t be', async () => {
    const shown = { status: 400, code: 'invalid_webhook', param: 'webhook_url' };
    await expect(orders('').urlFor('https://10.0.0.1/')).rejects.toMatchObject(shown);
    await expect(orders('', false).urlFor('https://example.com/')).rejects.toMatchObject({
      ...shown,
      message: expect.stringContaining('WEBHOOK_SECRET'),
    });
  });
});
