import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { type GatewayOptions, readGatewayOptions } from '../../infra/gateway-options.ts';
import type { Environment } from '../../shared/read-settings.ts';

function read(context: Record<string, unknown>, environment: Environment = {}): GatewayOptions {
  return readGatewayOptions(new App({ context }).node, environment);
}

describe('the choices of a deployment', () => {
  it('are the cheap and careful ones by default', () => {
    expect(read({})).toEqual({
      edge: false,
      tracing: false,
      removeTable: false,
      logRetention: 14,
      originSecretVersion: '1',
      settings: {},
    });
  });

  it('come from the context, as text or as JSON', () => {
    const expected = { edge: true, tracing: true, removeTable: true, logRetention: 90, originSecretVersion: '3' };
    expect(
      read({ edge: true, tracing: true, removeTable: true, logRetentionDays: 90, originSecretVersion: 3 }),
    ).toMatchObject(expected);
    expect(
      read({ edge: 'true', tracing: 'true', removeTable: 'true', logRetentionDays: '90', originSecretVersion: '3' }),
    ).toMatchObject(expected);
  });

  it.each([
    ['edge', 'yes'],
    ['tracing', '1'],
    ['removeTable', 'TRUE!'],
    ['logRetentionDays', '15'],
    ['logRetentionDays', 'long'],
  ])('%s can not be %s', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(name);
  });

  it('include no setting that is wrong', () => {
    expect(() => read({}, { SEARCH_INFO_MODE: 'maps' })).toThrow('SEARCH_INFO_MODE');
  });

  it('leave out what is for laptops only', () => {
    const given = { WEBHOOK_PRIVATE: 'true', WEBHOOK_URL: 'https://example.com/hook' };
    expect(read({}, given).settings).toEqual({ WEBHOOK_URL: 'https://example.com/hook' });
  });

  it('do not let an edge give up before the first event', () => {
    expect(() => read({ edge: true }, { FIRST_EVENT_SECONDS: '60' })).toThrow('FIRST_EVENT_SECONDS');
    expect(read({ edge: true }, { FIRST_EVENT_SECONDS: '59' }).settings).toEqual({ FIRST_EVENT_SECONDS: '59' });
    expect(read({}, { FIRST_EVENT_SECONDS: '60' }).settings).toEqual({ FIRST_EVENT_SECONDS: '60' });
  });
});
