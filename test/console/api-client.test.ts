import { describe, expect, it } from 'vitest';
import { ApiClient } from '../../console/src/api/api-client.ts';
import { GatewayError } from '../../console/src/api/gateway-error.ts';
import { SessionStore } from '../../console/src/api/session-store.ts';

const begin = Date.parse('2026-11-22T00:00:00Z');
const key = { id: 'key-1', name: 'owner', role: 'admin' };

interface Sent {
  readonly path: string;
  readonly method: string;
  readonly authorization: string | null;
  readonly body: string | undefined;
}

/** A gateway of one line per path, and a client of it that keeps its session in a map. */
function openClient(answers: Readonly<Record<string, (sent: Sent) => Response | Promise<Response>>>, at = begin) {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
  const clock = { now: at };
  const sent: Sent[] = [];
  const ended: string[] = [];
  const sessions = new SessionStore(storage, at);
  const client = new ApiClient({
    sessions,
    now: () => clock.now,
    onSignedOut: () => ended.push('ended'),
    fetch: async (input, options) => {
      const { method = 'GET', headers, body } = options ?? {};
      const authorization = new Headers(headers).get('authorization');
      const one = { path: String(input), method, authorization, body: typeof body === 'string' ? body : undefined };
      sent.push(one);
      const answer = answers[`${method} ${one.path}`];
      if (answer === undefined) throw new TypeError('nobody there');
      return answer(one);
    },
  });
  return { client, sessions, clock, sent, ended, kept };
}

function sessionAnswer(token: string, minutes: number, now = begin): Response {
  return Response.json({ object: 'session', token, expires_at: new Date(now + minutes * 60_000).toISOString(), key });
}

function errorAnswer(status: number, code: string): Response {
  const error = { message: `It is ${code}.`, type: 'invalid_request_error', param: 'name', code };
  return Response.json({ error }, { status, headers: { 'x-request-id': 'request-7' } });
}

describe('signing in', () => {
  it('turns the key into a session, which is all that is kept', async () => {
    const { client, sessions, sent, kept } = openClient({
      'POST /admin/session': () => sessionAnswer('qgs-1', 60),
      'GET /admin/keys': () => Response.json({ object: 'list', data: [] }),
    });
    await client.signIn('sk-admin');
    await client.get('/admin/keys');
    expect(sent.map(({ authorization }) => authorization)).toEqual(['Bearer sk-admin', 'Bearer qgs-1']);
    expect(sessions.session?.key.name).toBe('owner');
    expect(JSON.stringify([...kept])).not.toContain('sk-admin');
  });

  it('tells the gateway’s own words when the key is none', async () => {
    const { client, sessions, ended } = openClient({
      'POST /admin/session': () => errorAnswer(401, 'invalid_api_key'),
    });
    const failure = await client.signIn('wrong').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GatewayError);
    expect(failure).toMatchObject({ status: 401, code: 'invalid_api_key', param: 'name', requestId: 'request-7' });
    expect([sessions.session, ended]).toEqual([undefined, []]);
  });

  it('is over after signing out, even when the gateway is away', async () => {
    const { client, sessions, sent, kept } = openClient({ 'POST /admin/session': () => sessionAnswer('qgs-1', 60) });
    await client.signIn('sk-admin');
    await client.signOut();
    expect(sent.at(-1)).toMatchObject({ method: 'DELETE', path: '/admin/session', authorization: 'Bearer qgs-1' });
    expect([sessions.session, kept.size]).toEqual([undefined, 0]);
  });
});

describe('a session', () => {
  it('is renewed once, before it ends, for all who ask at the same time', async () => {
    const { client, clock, sent } = openClient({
      'POST /admin/session': ({ authorization }) =>
        authorization === 'Bearer sk-admin'
          ? sessionAnswer('qgs-1', 60)
          : sessionAnswer('qgs-2', 60, begin + 50 * 60_000),
      'GET /admin/keys': () => Response.json({ data: [] }),
    });
    await client.signIn('sk-admin');
    clock.now = begin + 50 * 60_000;
    await Promise.all([client.get('/admin/keys'), client.get('/admin/keys')]);
    expect(sent.map(({ method, authorization }) => `${method} ${authorization}`)).toEqual([
      'POST Bearer sk-admin',
      'POST Bearer qgs-1',
      'GET Bearer qgs-2',
      'GET Bearer qgs-2',
    ]);
  });

  it('that can’t live longer is not renewed again and again', async () => {
    const { client, clock, sent } = openClient({
      'POST /admin/session': () => sessionAnswer('qgs-1', 60),
      'GET /admin/keys': () => Response.json({ data: [] }),
    });
    await client.signIn('sk-admin');
    clock.now = begin + 50 * 60_000;
    for (let time = 0; time < 3; time += 1) await client.get('/admin/keys');
    expect(sent.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });

  it('that can’t be renewed is used until its end', async () => {
    let tries = 0;
    const { client, clock } = openClient({
      'POST /admin/session': () => {
        tries += 1;
        return tries === 1 ? sessionAnswer('qgs-1', 60) : errorAnswer(503, 'store_unavailable');
      },
      'GET /admin/keys': ({ authorization }) => Response.json({ data: [authorization] }),
    });
    await client.signIn('sk-admin');
    clock.now = begin + 50 * 60_000;
    expect(await client.get('/admin/keys')).toEqual({ data: ['Bearer qgs-1'] });
  });

  it('that the gateway does not know any more is forgotten, and told once', async () => {
    const { client, sessions, ended } = openClient({
      'POST /admin/session': () => sessionAnswer('qgs-1', 60),
      'GET /admin/keys': () => errorAnswer(401, 'session_expired'),
    });
    await client.signIn('sk-admin');
    const both = await Promise.allSettled([client.get('/admin/keys'), client.get('/admin/keys')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect([sessions.session, ended]).toEqual([undefined, ['ended']]);
  });

  it('of an earlier visit is taken up, unless it is over or no session', () => {
    const stored = { token: 'qgs-1', expires_at: new Date(begin + 1000).toISOString(), key };
    const take = (text: string | null, now = begin) =>
      new SessionStore({ getItem: () => text, setItem: () => {}, removeItem: () => {} }, now).session;
    expect(take(JSON.stringify(stored))).toEqual(stored);
    expect(take(JSON.stringify(stored), begin + 1000)).toBeUndefined();
    for (const text of [null, '', '{', '[]', 'null', '{"token":1}', JSON.stringify({ ...stored, key: null })]) {
      expect(take(text)).toBeUndefined();
    }
  });
});

describe('a request', () => {
  it('sends JSON as JSON and a form as a form', async () => {
    const { client, sent } = openClient({
      'POST /admin/keys': () => Response.json({}),
      'POST /v1/files': () => Response.json({}),
    });
    await client.post('/admin/keys', { name: 'one' });
    await client.post('/v1/files', new FormData());
    expect(sent.map(({ body }) => body)).toEqual(['{"name":"one"}', undefined]);
  });

  it('to nobody, and an answer that is not the gateway’s, are told as errors too', async () => {
    const { client } = openClient({ 'GET /html': () => new Response('<h1>Bad gateway</h1>', { status: 502 }) });
    await expect(client.get('/away')).rejects.toMatchObject({ name: 'GatewayError', status: 0, code: 'unreachable' });
    await expect(client.get('/html')).rejects.toMatchObject({ status: 502, code: 'http_502' });
  });

  it('that was broken off says so', async () => {
    const breaking = new AbortController();
    const { client } = openClient({
      'GET /slow': () => {
        breaking.abort();
        throw breaking.signal.reason;
      },
    });
    await expect(client.get('/slow', { signal: breaking.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a stream', () => {
  it('gives its events, and breaks with the connection', async () => {
    const pieces = ['id: 1\nevent: item\nda', 'ta: {"a":1}\n\ndata: [DONE]\n\n'];
    const { client } = openClient({
      'GET /whole': () => new Response(new Blob(pieces).stream()),
      'GET /broken': () =>
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(new TextEncoder().encode('data: one\n\n'));
            },
            pull(controller) {
              controller.error(new TypeError('cut'));
            },
          }),
        ),
    });
    expect(await Array.fromAsync(client.events('/whole'))).toEqual([
      { event: 'item', data: '{"a":1}', id: '1' },
      { event: 'message', data: '[DONE]', id: '1' },
    ]);
    await expect(Array.fromAsync(client.events('/broken'))).rejects.toMatchObject({ code: 'unreachable' });
  });
});
