import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseJson } from '../../../local/simulator/json-value.ts';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import { deltasOf, piecesOf, textOf } from './read-frames.ts';
import { SimulatorClient } from './simulator-client.ts';

let simulator: Simulator;
let client: SimulatorClient;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());
beforeEach(() => {
  simulator.control.reset();
  client = new SimulatorClient(simulator);
});

/** What came of a completion, and the error that ended it, if one did. */
async function readToTheEnd(response: Response): Promise<{ text: string; error: unknown }> {
  let text = '';
  try {
    for await (const bytes of response.body ?? []) text += Buffer.from(bytes).toString();
    return { text, error: undefined };
  } catch (error) {
    return { text, error };
  }
}

describe('refusals that were not recorded', () => {
  it.each([
    ['exceed-limit', 'ExceedLimit'],
    ['forbidden-200', 'forbidden'],
    ['internal-200', 'Internal_Server_Error'],
    ['quota-exhausted', 'quota_exhausted'],
    ['too-many-requests', 'Too_Many_Requests'],
    ['unknown-code', 'Something_New'],
    ['verification-200', 'FAIL_SYS_USER_VALIDATE'],
  ] as const)('%s is the envelope of %s with status 200', async (fault, code) => {
    simulator.control.fault({ fault });
    const { status, json } = await client.ask();
    expect(status).toBe(200);
    expect(json).toMatchObject({ success: false, data: { code } });
  });

  it.each([
    ['gateway-502', 502],
    ['gateway-503', 503],
    ['blocked-page-403', 403],
    ['slider-captcha', 200],
  ] as const)('%s is a page with status %i', async (fault, status) => {
    simulator.control.fault({ fault });
    const answer = await client.ask();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.text).toMatch(/^<(!doctype )?html>/);
  });

  it('punish-redirect leads to the verification', async () => {
    simulator.control.fault({ fault: 'punish-redirect', route: 'models' });
    const answer = await fetch(`${simulator.url}/api/models`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toContain('_____tmd_____/punish');
  });

  it('success-without-answer and not-authenticated-200 are JSON without a code', async () => {
    simulator.control.fault({ fault: 'success-without-answer' });
    expect((await client.ask()).json).toEqual({ success: true, request_id: '', data: {} });
    simulator.control.fault({ fault: 'not-authenticated-200' });
    expect((await client.ask()).json).toEqual({ detail: 'Not authenticated' });
  });

  it('may come late, and not at all to a client that has left', async () => {
    simulator.control.fault({ fault: 'rgv587', ms: 1 });
    expect((await client.ask()).text).toContain('RGV587');
    simulator.control.fault({ fault: 'rgv587', route: 'models', ms: 60_000 });
    const leaving = new AbortController();
    const answer = fetch(`${simulator.url}/api/models`, { signal: leaving.signal });
    await simulator.control.waitFor(({ route, outcome }) => route === 'models' && outcome === 'open');
    leaving.abort();
    await expect(answer).rejects.toThrow();
    const entry = await simulator.control.waitFor(({ outcome }) => outcome === 'client-gone');
    expect(entry.status).toBeUndefined();
  });
});

describe('a rule that says what the message must hold', () => {
  it('holds for these requests only', async () => {
    simulator.control.fault({ fault: 'internal-500', says: 'number seven', times: 2 });
    expect((await client.ask({ content: 'repeat: number six' })).status).toBe(200);
    expect((await client.ask({ content: 'repeat: number seven' })).status).toBe(500);
    expect((await client.ask({ content: 'repeat: number seven' })).status).toBe(500);
    expect((await client.ask({ content: 'repeat: number seven' })).status).toBe(200);
  });
});

describe('a connection that ends', () => {
  it('before the head, in order', async () => {
    simulator.control.fault({ fault: 'hang-up' });
    await expect(client.ask()).rejects.toThrow();
    expect(simulator.control.requests().at(-1)).toMatchObject({ outcome: 'cut', status: undefined });
  });

  it('in the middle of the answer, by a reset', async () => {
    simulator.control.fault({ fault: 'reset-after', after: 5 });
    const { text, error } = await readToTheEnd(
      await client.openCompletion(await client.createChat(), { content: 'count to 12' }),
    );
    expect(error).toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(piecesOf(text.slice(0, text.lastIndexOf('\n\n')))).toHaveLength(5);
    expect(simulator.control.requests().at(-1)).toMatchObject({ outcome: 'cut' });
  });
});

describe('unknown-phase', () => {
  it('mixes in a phase that nobody knows, with an end of its own', async () => {
    simulator.control.fault({ fault: 'unknown-phase', after: 2 });
    const { text } = await client.ask({ content: 'count to 4' });
    const strange = deltasOf(text).filter(({ phase }) => phase === 'dreaming');
    expect(strange.map(({ status }) => status)).toEqual(['typing', 'finished']);
    expect(text).toContain('NOT FOR READERS');
    expect(textOf(text)).toBe('1 2 3 4');
    const frames = text.split('\n\n').filter((frame) => frame !== '');
    expect(frames.every((frame) => parseJson(frame.slice('data: '.length)) !== undefined)).toBe(true);
  });
});
