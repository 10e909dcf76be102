import type { World } from '../support/world.ts';

const model = 'qwen3.7-plus';

/** The life of responses. */
export async function goodResponses(world: World): Promise<void> {
  const create = (body: object) =>
    world.good('POST /v1/responses', { body: { model, input: 'repeat: hello', ...body } });
  const { id, output } = (await create({})).json;
  const path = { id };
  await world.good('GET /v1/responses/{id}', { path });
  await world.good('GET /v1/responses/{id}', { path, query: '?stream=true' });
  await world.good('GET /v1/responses/{id}', { path, query: '?stream=true&starting_after=3' });
  await world.good('GET /v1/responses/{id}/input_items', { path });
  await world.refused('GET /v1/responses/{id}', 'invalid_request', { path, query: '?stream=true&starting_after=x' });
  await world.refused('GET /v1/responses/{id}/input_items', 'invalid_request', { path, query: '?limit=0' });
  await world.refused('POST /v1/responses/{id}/cancel', 'invalid_request', { path });
  await create({ previous_response_id: id });
  await create({ stream: true, background: true });
  const tools = [{ type: 'image_generation' }];
  await create({ tools, tool_choice: { type: 'image_generation' } });
  await create({ tools, tool_choice: { type: 'image_generation' }, stream: true });
  await cancelled(world);
  await world.good('DELETE /v1/responses/{id}', { path });
  await world.refused('POST /v1/responses', 'previous_response_not_found', {
    body: { model, input: 'on', previous_response_id: id },
  });
  const reference = [
    { role: 'user', content: 'on' },
    { type: 'item_reference', id: output[0].id },
  ];
  await world.refused('POST /v1/responses', 'item_not_found', { body: { model, input: reference } });
  const count = 'POST /v1/responses/input_tokens';
  await world.refused(count, 'previous_response_not_found', { body: { input: 'on', previous_response_id: id } });
  await world.refused(count, 'item_not_found', { body: { model, input: reference } });
  await world.refused('GET /v1/responses', 'method_not_allowed');
  await world.refused('GET /v1/responses', 'upgrade_required', {
    headers: { authorization: `Bearer ${world.gateway.adminKey}`, 'sec-websocket-key': 'x' },
  });
}

/** A response in the background that is stopped while the upstream says nothing. */
async function cancelled(world: World): Promise<void> {
  const { control } = world.gateway.simulator;
  control.fault({ fault: 'stall-after', says: 'to be cancelled', times: 2 });
  const body = { model, input: 'to be cancelled', background: true };
  const { id } = (await world.good('POST /v1/responses', { body })).json;
  await world.good('POST /v1/responses/{id}/cancel', { path: { id } });
  await world.good('GET /v1/responses/{id}', { path: { id }, query: '?stream=true' });
  control.heal();
}
