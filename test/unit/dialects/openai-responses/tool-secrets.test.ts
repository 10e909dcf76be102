import { describe, expect, it } from 'vitest';
import { readResponses, readSentRequest } from '../../../../shared/dialects/openai-responses/read-request.ts';
import { identity, settings } from './responses-fixture.ts';

const server = { type: 'mcp', server_label: 'tickets', server_url: 'https://tickets.example/mcp' };
const secrets = { authorization: 'Bearer do-not-keep', headers: { 'x-key': 'do-not-keep' } };
const mine = { type: 'function', name: 'f', parameters: { properties: { authorization: {}, headers: {} } } };

function readBoth(body: object) {
  const sent = readSentRequest({ model: 'm', input: 'hi', ...body });
  return { sent, shown: readResponses(sent, settings, undefined).queued(identity) };
}

describe('credentials of tools', () => {
  it('are neither shown nor kept', () => {
    const { sent, shown } = readBoth({ tools: [{ ...server, ...secrets }, mine] });
    expect(shown.tools).toEqual([server, mine]);
    expect(JSON.stringify(sent)).not.toContain('do-not-keep');
  });

  it('are not kept with an item that adds tools', () => {
    const added = { type: 'additional_tools', tools: [mine, { ...server, ...secrets }] };
    const { sent } = readBoth({ input: [{ role: 'user', content: 'hi' }, added] });
    expect(sent.items[1]).toEqual({ type: 'additional_tools', tools: [mine, server] });
    expect(JSON.stringify(sent.items)).not.toContain('do-not-keep');
  });

  it('leave a body without tools as it is', () => {
    expect(readBoth({}).shown.tools).toEqual([]);
    expect(readBoth({ tools: null }).shown.tools).toEqual([]);
  });
});
