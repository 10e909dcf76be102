import { expect } from 'vitest';
import { makeToken } from '../../support/jwt.ts';
import { makeKeys, soon } from '../../support/made-keys.ts';
import { chatAsks, errands } from '../support/chat-asks.ts';
import type { Contract } from '../support/contract.ts';
import type { World } from '../support/world.ts';

/** What a key may not exceed, on every route that is metered. */
export async function errorsOfLimits(world: World, { routes }: Contract): Promise<void> {
  const keyOf = await makeKeys(world.gateway, {
    minute: { limits: { requests_per_minute: 1 } },
    day: { limits: { day: { requests: 1 } } },
    busy: { limits: { in_flight: 1 } },
  });
  const metered = routes.filter(({ route }) => route.metered !== undefined && route.path !== '/v1/images/edits');
  const callOf = (key: string, name: 'minute' | 'day' | 'busy') => {
    const { body, path } = errands[key] ?? { body: { prompt: 'A boat' } };
    return { body, ...(path && { path }), headers: { authorization: `Bearer ${keyOf(name).key}` } };
  };
  await world.good('POST /api/chat', callOf('POST /api/chat', 'minute'));
  await world.good('POST /api/chat', callOf('POST /api/chat', 'day'));
  for (const { key } of metered) {
    await world.refused(key, 'key_rate_limit_exceeded', callOf(key, 'minute'));
    await world.refused(key, 'budget_exhausted', callOf(key, 'day'));
  }
  const { control } = world.gateway.simulator;
  control.fault({ fault: 'stall-before-head' });
  const slow = world.send('POST /api/chat', callOf('POST /api/chat', 'busy'));
  await control.waitFor(({ stalled }) => stalled === true);
  for (const { key, route } of metered) {
    // A video is nobody's request any more once it is ordered.
    if (route.metered === 'video') await world.either(key, 'too_many_in_flight', callOf(key, 'busy'));
    else await world.refused(key, 'too_many_in_flight', callOf(key, 'busy'));
  }
  control.release();
  await slow;
  control.heal();
}

/** A conversation that nobody has had, with a key that may begin none anew. */
export async function errorsOfConversations(world: World): Promise<void> {
  const keyOf = await makeKeys(world.gateway, { fresh: { conversations: 'never-fold' } });
  const headers = { authorization: `Bearer ${keyOf('fresh').key}` };
  const said = [
    { role: 'user', content: 'hello' },
    { role: 'assistant', content: 'never said' },
    { role: 'user', content: 'go on' },
  ];
  const model = 'qwen3.7-plus';
  const bodies = {
    'POST /v1/chat/completions': { model, messages: said },
    'POST /v1/messages': { model, max_tokens: 99, messages: said },
    'POST /v1/responses': { model, input: said },
    'POST /api/chat': { model, messages: said },
    'POST /api/chat/completions': { model, messages: said },
  };
  for (const [key, body] of Object.entries(bodies)) {
    // A function that has just looked for a wrong key looks again after a second.
    await soon(async () => expect((await world.send(key, { headers, body })).status).not.toBe(401));
    await world.refused(key, 'conversation_unknown', { headers, body });
  }
}

/** A key for repetitions that was used for something else; and the repetition itself. */
export async function errorsOfRepetition(world: World, { routes }: Contract): Promise<void> {
  const authorization = `Bearer ${world.gateway.adminKey}`;
  for (const { key, route, document } of routes) {
    const example = document.body?.example;
    const hasGood = Object.keys(document.answers).length > 0 && !route.path.includes('{id}');
    if (route.creates !== true || !hasGood || typeof example !== 'object') continue;
    const headers = { authorization, 'idempotency-key': `once ${key}` };
    const first = await world.good(key, { headers, body: example });
    const again = await world.good(key, { headers, body: example });
    if (again.headers.get('idempotent-replayed') !== 'true') throw new Error(`${key} was answered twice.`);
    if (again.text !== first.text) throw new Error(`${key} was answered in two ways.`);
    await world.refused(key, 'idempotency_conflict', { headers, body: { ...example, another: 'field' } });
  }
}

/** What becomes of tokens that callers bring. */
export async function errorsOfTokens(world: World): Promise<void> {
  const { control } = world.gateway.simulator;
  const old = makeToken({ id: 'somebody', exp: Math.floor(Date.now() / 1000) - 60 });
  for (const key of Object.keys(chatAsks)) await world.refused(key, 'token_expired', withToken(key, old));
  for (const [code, fault] of tokenFaults) {
    for (const [number, key] of Object.keys(chatAsks).entries()) {
      const email = `${code}${number}@example.com`;
      const { token } = control.accounts.add({ email, password: 'nobody types this' });
      control.fault({ fault, account: email, times: 9 });
      await world.refused(key, code, withToken(key, token));
      control.heal();
    }
  }
}

const tokenFaults = [
  ['token_refused', 'unauthorized-200'],
  ['token_challenged', 'rgv587'],
  ['token_unusable', 'account-pending'],
] as const;

function withToken(key: string, token: string) {
  return { ...errands[key], headers: { authorization: `Bearer ${token}` } };
}

/** What can't be done with keys, sessions and accounts as they are. */
export async function errorsOfOwner(world: World): Promise<void> {
  const keys: { id: string; source: string }[] = (await world.good('GET /admin/keys')).json.data;
  const path = { id: keys.find(({ source }) => source === 'environment')?.id ?? '' };
  await world.refused('POST /admin/keys/{id}', 'key_from_environment', { path, body: { name: 'mine' } });
  await world.refused('DELETE /admin/keys/{id}', 'key_from_environment', { path });
  const headers = { authorization: 'Bearer qgs-nobody-has-signed-in-with-this' };
  for (const method of ['GET', 'POST', 'DELETE']) {
    await world.either(`${method} /admin/session`, 'session_expired', { headers });
  }
  const [account] = (await world.good('GET /admin/accounts')).json.data;
  const act = (name: string) => ({ path: { id: account.id, act: name } });
  const { control } = world.gateway.simulator;
  control.fault({ fault: 'rgv587' });
  await world.either('POST /api/chat', 'accounts_challenged', { body: { message: 'hello' } });
  await world.either('POST /admin/accounts/{id}/{act}', 'account_state', act('drain'));
  control.heal();
}
