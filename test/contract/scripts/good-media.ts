import { pngFile, pngUri } from '../../support/sample-files.ts';
import type { World } from '../support/world.ts';

const generations = 'POST /v1/images/generations';
const edits = 'POST /v1/images/edits';

/** OpenAI's images, in all of their forms. */
export async function goodImages(world: World): Promise<void> {
  await world.good(generations, { body: { prompt: 'A boat' } });
  await world.good(generations, { body: { prompt: 'A boat', n: 2, art_style: 'cubism', response_format: 'b64_json' } });
  await world.good(generations, { body: { prompt: 'A boat', stream: true } });
  await world.good(edits, { body: { prompt: 'Red', image: pngUri() } });
  await world.good(edits, { body: { prompt: 'Red', image: pngUri(), stream: true } });
  const form = new FormData();
  form.set('image', new Blob([Uint8Array.from(pngFile())]), 'photo.png');
  form.set('prompt', 'Red');
  await world.good(edits, { body: form });
  const { control } = world.gateway.simulator;
  control.fault({ fault: 'data-inspection-input', says: 'one of two' });
  await world.good(generations, { body: { prompt: 'one of two', n: 2 } });
  await world.refused('POST /v1/images/variations', 'route_not_found');
}

/** OpenAI's videos, and the native form of their state. */
export async function goodVideos(world: World): Promise<void> {
  const { control } = world.gateway.simulator;
  control.videoPolls(1);
  const prompt = 'A boat';
  const { id } = (await world.good('POST /v1/videos', { body: { prompt } })).json;
  const path = { id };
  await world.refused('GET /v1/videos/{id}/content', 'video_not_ready', { path });
  await world.good('GET /v1/videos', { query: '?limit=5&order=asc' });
  await world.good('GET /v1/videos/{id}/events', { path });
  await world.good('GET /v1/videos/{id}', { path });
  await world.good('GET /v1/videos/{id}/content', { path });
  await world.refused('GET /v1/videos/{id}/content', 'unsupported_parameter', { path, query: '?variant=thumbnail' });
  await world.good('GET /api/tasks/status/{id}', { path });
  const form = new FormData();
  form.set('prompt', prompt);
  form.set('wait', 'true');
  await world.good('POST /v1/videos', { body: form });
  await world.good('DELETE /v1/videos/{id}', { path });
  control.fault({ fault: 'video-failed' });
  const failed = (await world.good('POST /v1/videos', { body: { prompt: 'Nothing' }, query: '?wait=true' })).json;
  await world.refused('GET /v1/videos/{id}/content', 'video_failed', { path: { id: failed.id } });
  await world.refused('POST /v1/videos', 'invalid_webhook', { body: { prompt, webhook_url: 'ftp://example.com' } });
  const headers = { authorization: `Bearer ${world.gateway.adminKey}`, 'idempotency-key': 'one video' };
  const once = (await world.good('POST /v1/videos', { body: { prompt }, headers })).json;
  await world.refused('POST /v1/videos', 'idempotency_conflict', { body: { prompt: 'Another' }, headers });
  await world.good('DELETE /v1/videos/{id}', { path: { id: once.id } });
  await world.refused('POST /v1/videos', 'video_not_found', { body: { prompt }, headers });
  for (const key of refusedVideos)
    await world.refused(key, 'invalid_request', { body: key.startsWith('GET') ? undefined : {} });
}

const refusedVideos = [
  'POST /v1/videos/{id}/remix',
  'POST /v1/videos/edits',
  'POST /v1/videos/extensions',
  'POST /v1/videos/characters',
  'GET /v1/videos/characters/{id}',
];
