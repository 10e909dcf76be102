import type { DocumentedRoute } from '../../../shared/openapi/route-documents.ts';
import { groupOf } from '../../../shared/routes/route-groups.ts';
import { makeKeys } from '../../support/made-keys.ts';
import type { Contract } from '../support/contract.ts';
import type { World } from '../support/world.ts';

/** Who may not call is told so, on every route. */
export async function errorsOfCallers(world: World, { routes }: Contract): Promise<void> {
  const expires = new Date(Date.now() + 1000);
  const keyOf = await makeKeys(world.gateway, {
    user: {},
    brief: { expires_at: expires.toISOString() },
    chat: { routes: ['chat'] },
    files: { routes: ['files'] },
  });
  const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
  for (const { key, route } of routes) {
    if (route.access === 'anyone') continue;
    await world.refused(key, 'invalid_api_key', { headers: {} });
    await world.refused(key, 'invalid_api_key', bearer('sk-nobody-knows-this'));
    if (route.access === 'admin') await world.refused(key, 'permission_denied', bearer(keyOf('user').key));
    const group = groupOf(route);
    if (group === undefined) continue;
    await world.refused(key, 'permission_denied', bearer(keyOf(group === 'chat' ? 'files' : 'chat').key));
  }
  await world.until(expires);
  for (const { key, route } of routes) {
    if (route.access !== 'anyone') await world.refused(key, 'api_key_expired', bearer(keyOf('brief').key));
  }
}

/** Bodies that are none, or too much, are told so on every route that looks at its body. */
export async function errorsOfBodies(world: World, { routes }: Contract): Promise<void> {
  const large = JSON.stringify({ text: 'x'.repeat(20_000) });
  for (const { key, route } of routes) {
    if (route.method === 'GET') continue;
    await world.refused(key, 'invalid_json', { body: '{"broken":' });
    await world.refused(key, 'request_too_large', { body: large });
  }
}

/** What is asked of things that nobody has made. */
export async function errorsOfStrangers(world: World, { routes }: Contract): Promise<void> {
  for (const { key, route, document } of routes) {
    const code = notFoundCode(document);
    if (code === undefined || !route.path.includes('{id}')) continue;
    const path = { act: 'test' };
    await world.refused(key, code, { path, body: formFor(document) ?? document.body?.example });
  }
}

/** Keys that can't be kept, and questions that can't be read. */
export async function errorsOfForm(world: World, { routes }: Contract): Promise<void> {
  const authorization = `Bearer ${world.gateway.adminKey}`;
  for (const { key, route, document } of routes) {
    if (route.creates === true) {
      const headers = { authorization, 'idempotency-key': 'x'.repeat(256) };
      await world.refused(key, 'invalid_request', { headers, body: document.body?.example ?? {} });
    }
    const query = wrongQuery(document.query ?? {});
    if (query !== undefined && !route.path.includes('{')) await world.refused(key, 'invalid_request', { query });
    if (document.body?.form === undefined || route.path.includes('{')) continue;
    await world.either(key, 'invalid_request', { body: new FormData() });
  }
}

type Document = DocumentedRoute['document'];

function notFoundCode({ errors = [] }: Document): string | undefined {
  return errors.find((code) => code.endsWith('_not_found') && code !== 'model_not_found' && code !== 'route_not_found');
}

function formFor({ body }: Document): FormData | undefined {
  if (body?.form === undefined) return undefined;
  const form = new FormData();
  form.set('data', new Blob(['hello']), 'part');
  return form;
}

function wrongQuery(query: Readonly<Record<string, unknown>>): string | undefined {
  if ('pageSize' in query) return 'limit' in query ? undefined : '?pageSize=x';
  if ('limit' in query) return '?limit=0';
  return 'from' in query ? '?from=never' : undefined;
}
