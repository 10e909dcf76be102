import type { World } from '../support/world.ts';

const password = 'correct horse battery';

/** The owner's accounts, and an import. */
export async function goodAccounts(world: World): Promise<void> {
  const { control } = world.gateway.simulator;
  for (const email of ['two@example.com', 'three@example.com']) control.accounts.add({ email, password });
  const added = await world.good('POST /admin/accounts', { body: { email: 'two@example.com', password } });
  const path = { id: added.json.id };
  await world.good('POST /admin/accounts', { body: { email: 'two@example.com', password } });
  await world.good('GET /admin/accounts');
  await world.good('GET /admin/accounts/{id}', { path });
  const act = 'POST /admin/accounts/{id}/{act}';
  for (const name of ['test', 'refresh', 'disable', 'enable', 'drain'])
    await world.good(act, { path: { ...path, act: name } });
  await world.good(act, { path: { ...path, act: 'relogin' }, body: { password } });
  await world.refused(act, 'route_not_found', { path: { ...path, act: 'paint' } });
  await world.good('POST /admin/accounts/refresh', { body: { ids: [path.id, 'account-none'] } });
  await world.good('DELETE /admin/accounts/{id}', { path });
  const accounts = [{ email: 'three@example.com', password }, 'nonsense'];
  const { id } = (await world.good('POST /admin/imports', { body: { accounts } })).json;
  await world.good('GET /admin/imports/{id}/events', { path: { id } });
  await world.good('GET /admin/imports/{id}', { path: { id } });
}

/** Gateway keys and sessions. */
export async function goodKeys(world: World): Promise<void> {
  const fields = { name: 'laptop', models: ['qwen3*'], routes: ['chat'] };
  const { id } = (await world.good('POST /admin/keys', { body: fields })).json;
  await world.good('GET /admin/keys', { query: '?limit=1' });
  await world.good('GET /admin/keys/{id}', { path: { id } });
  await world.good('POST /admin/keys/{id}', { path: { id }, body: { name: 'old laptop' } });
  await world.good('DELETE /admin/keys/{id}', { path: { id } });
  await world.good('GET /admin/session');
  await world.refused('DELETE /admin/session', 'no_session');
  const { token } = (await world.good('POST /admin/session')).json;
  const headers = { authorization: `Bearer ${token}` };
  await world.good('GET /admin/session', { headers });
  await world.good('DELETE /admin/session', { headers });
}

/** What was used, and by whom. */
export async function goodUsage(world: World): Promise<void> {
  await world.good('GET /api/usage');
  await world.good('GET /api/usage', { query: '?group_by=day,model&format=csv' });
  await world.good('GET /admin/usage', { query: '?group_by=day,model,key,account' });
  await world.good('GET /admin/usage', { query: '?format=csv' });
  const requests = (await world.good('GET /admin/requests', { query: '?limit=5' })).json;
  await world.good('GET /admin/requests/{id}', { path: { id: requests.first_id } });
  await world.good('GET /admin/jobs', { query: '?limit=100' });
  const { id } = (await world.good('POST /v1/videos', { body: { prompt: 'To be cancelled' } })).json;
  await world.good('GET /admin/jobs/{id}', { path: { id } });
  await world.good('POST /admin/jobs/{id}/cancel', { path: { id } });
  await world.refused('POST /admin/jobs/{id}/cancel', 'job_over', { path: { id } });
  await world.good('DELETE /admin/jobs/{id}', { path: { id } });
}

/** Settings, aliases, the audit log, export and import. */
export async function goodGateway(world: World): Promise<void> {
  const { version } = (await world.good('GET /admin/settings')).json;
  const values = { CHAT_TITLE: 'From the contract' };
  const changed = (await world.good('PATCH /admin/settings', { body: { version, values } })).json;
  await world.refused('PATCH /admin/settings', 'settings_changed', { body: { version, values: { CHAT_TITLE: 'x' } } });
  await world.good('GET /admin/settings/history', { query: '?limit=2' });
  await world.good('POST /admin/settings/undo', { body: { version: changed.version } });
  await world.refused('POST /admin/settings/undo', 'settings_changed', { body: { version: changed.version } });
  await world.refused('POST /admin/settings/undo', 'change_not_found', { body: { version: 999 } });
  await world.good('GET /admin/model-aliases');
  await world.good('PUT /admin/model-aliases', { body: { aliases: [{ pattern: 'gpt-*', model: 'qwen3.7-plus' }] } });
  await world.good('GET /admin/audit', { query: '?limit=3' });
  await world.good('GET /admin/audit/verify');
  const passphrase = 'a long enough passphrase';
  const plain = await world.good('POST /admin/export', { body: { usage: true } });
  const sealed = await world.good('POST /admin/export', { body: { secrets: { passphrase } } });
  await world.good('POST /admin/import/preview', { body: { document: plain.json } });
  await world.good('POST /admin/import/preview', { body: { document: sealed.json, passphrase } });
  await world.good('POST /admin/import', { body: { document: plain.json, mode: 'replace-none' } });
  for (const key of ['POST /admin/import', 'POST /admin/import/preview']) {
    await world.refused(key, 'export_unreadable', {
      body: { document: sealed.json, passphrase: 'another passphrase' },
    });
  }
}
