import type { World } from '../support/world.ts';

/** Chats that are kept, and their clean-up. */
export async function goodDialogs(world: World): Promise<void> {
  const { chatId: id } = (await world.good('POST /api/chats', { body: { name: 'Boats' } })).json;
  const path = { id };
  await world.good('POST /api/chat', { body: { message: 'repeat: hello', chatId: id } });
  await world.good('GET /api/chats', { query: '?limit=1' });
  await world.good('GET /api/chats/{id}', { path });
  await world.good('PUT /api/chats/{id}/rename', { path, body: { name: 'Ships' } });
  await world.good('POST /api/chats/cleanup', { body: { dryRun: true } });
  const begun = (await world.good('POST /api/chats/cleanup', { body: { maxChats: 1 } })).json;
  await world.good('GET /api/chats/cleanup/{id}', { path: { id: begun.id } });
  await world.good('DELETE /api/chats/{id}', { path });
}

/** The catalogue in every form. */
export async function goodModels(world: World): Promise<void> {
  const authorization = `Bearer ${world.gateway.adminKey}`;
  const anthropic = { headers: { authorization, 'anthropic-version': '2023-06-01' } };
  const gemini = { headers: { 'x-goog-api-key': world.gateway.adminKey } };
  for (const call of [{}, anthropic, gemini, { headers: {}, query: `?key=${world.gateway.adminKey}` }]) {
    await world.good('GET /v1/models', call);
    await world.good('GET /v1/models/{model}', call);
  }
  await world.good('GET /v1/models', { ...anthropic, query: '?limit=2' });
  await world.good('GET /v1beta/models', { query: '?pageSize=1' });
  await world.good('GET /v1beta/models/{model}');
  await world.good('GET /api/models');
  await world.good('GET /models');
  await world.good('GET /api/hello', { headers: {} });
  await world.good('GET /api/info', { headers: {} });
  await world.good('GET /api/status');
}
