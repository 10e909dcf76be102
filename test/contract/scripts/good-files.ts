import { pngFile } from '../../support/sample-files.ts';
import type { World } from '../support/world.ts';

const fileForm = (field: string, bytes: string, more: Readonly<Record<string, string>> = {}): FormData => {
  const form = new FormData();
  form.set(field, new Blob([bytes]), 'notes.txt');
  for (const [name, value] of Object.entries(more)) form.set(name, value);
  return form;
};

/** OpenAI's files. */
export async function goodFiles(world: World): Promise<void> {
  const { id } = (await world.good('POST /v1/files', { body: fileForm('file', 'hello', { purpose: 'user_data' }) }))
    .json;
  const path = { id };
  await world.good('GET /v1/files', { query: '?limit=3&purpose=user_data' });
  await world.good('GET /v1/files/{id}', { path });
  await world.good('GET /v1/files/{id}/content', { path });
  await world.good('DELETE /v1/files/{id}', { path });
  const signed = { filename: 'film.mp4', size: 70, type: 'video/mp4', storage: 'bucket' };
  const announced = (await world.good('POST /api/files/sign', { body: signed })).json;
  await world.refused('GET /v1/files/{id}/content', 'file_not_uploaded', { path: { id: announced.id } });
}

/** OpenAI's uploads in parts. */
export async function goodUploads(world: World): Promise<void> {
  const plan = { filename: 'notes.txt', bytes: 5, mime_type: 'text/plain', purpose: 'user_data' };
  const begin = async () => (await world.good('POST /v1/uploads', { body: plan })).json.id;
  const complete = 'POST /v1/uploads/{id}/complete';
  const path = { id: await begin() };
  const part = (await world.good('POST /v1/uploads/{id}/parts', { path, body: fileForm('data', 'hello') })).json;
  await world.refused(complete, 'upload_mismatch', { path, body: { part_ids: ['part_none'] } });
  await world.good(complete, { path, body: { part_ids: [part.id] } });
  await world.refused('POST /v1/uploads/{id}/parts', 'upload_not_pending', { path, body: fileForm('data', 'more') });
  await world.refused('POST /v1/uploads/{id}/cancel', 'upload_not_pending', { path });
  const other = { id: await begin() };
  await world.good('POST /v1/uploads/{id}/cancel', { path: other });
  await world.refused(complete, 'upload_not_pending', { path: other, body: { part_ids: ['part_none'] } });
  await world.refused('POST /v1/uploads', 'file_too_large', { body: { ...plan, bytes: 99_000_000_000 } });
}

/** The native uploads. */
export async function goodNativeFiles(world: World): Promise<void> {
  const form = new FormData();
  form.set('file', new Blob([Uint8Array.from(pngFile())]), 'photo.png');
  await world.good('POST /api/files/upload', { body: form });
  await world.good('POST /api/files/sign', { body: { filename: 'photo.png', size: 70, type: 'image/png' } });
  const announced = { filename: 'photo.png', filesize: 70, filetype: 'image' };
  await world.good('POST /api/files/getstsToken', { body: announced });
  await world.refused('POST /api/files/upload', 'invalid_media', { body: fileForm('other', 'hello') });
  await world.refused('POST /api/files/sign', 'invalid_media', {
    body: { filename: 'x.png', size: 70, type: 'video' },
  });
  await world.refused('POST /api/files/getstsToken', 'invalid_media', {
    body: { filename: 'x.png', filesize: 70, filetype: 'video' },
  });
}
