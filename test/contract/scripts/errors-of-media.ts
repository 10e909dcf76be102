import { pngUri } from '../../support/sample-files.ts';
import { chatAsks } from '../support/chat-asks.ts';
import type { World } from '../support/world.ts';

const generations = 'POST /v1/images/generations';
const edits = 'POST /v1/images/edits';
const prompt = 'A boat';

/** What may go wrong with pictures. */
export async function errorsOfPictures(world: World): Promise<void> {
  const { control } = world.gateway.simulator;
  const faults = [
    ['content_filter', { fault: 'data-inspection-input' }],
    ['upstream_rejected', { fault: 'validation-error' }],
    ['upstream_unavailable', { fault: 'internal-500', times: 6 }],
    ['picture_missing', { fault: 'picture-missing', times: 9 }],
    ['chat_busy', { fault: 'chat-in-progress', times: 9 }],
    ['chat_not_found', { fault: 'chat-not-found', times: 9 }],
  ] as const;
  for (const [code, fault] of faults) {
    // Videos of others are still being asked for.
    const words = `A boat with ${code}`;
    for (const [key, body] of [
      [generations, { prompt: words }],
      [edits, { prompt: words, image: pngUri() }],
    ] as const) {
      control.fault({ ...fault, says: words });
      await world.refused(key, code, { body });
      control.heal();
    }
  }
  control.fault({ fault: 'forbidden-403', route: 'download', times: 9 });
  await world.refused(generations, 'picture_lost', { body: { prompt, response_format: 'b64_json' } });
  await world.refused(edits, 'picture_lost', { body: { prompt, image: pngUri(), response_format: 'b64_json' } });
  control.heal();
  for (const key of [generations, edits]) {
    await world.refused(key, 'model_not_found', { body: { prompt, image: pngUri(), model: 'nobody-makes-this' } });
    await world.refused(key, 'unsupported_parameter', { body: { prompt, image: pngUri(), background: 'transparent' } });
  }
  await world.refused(edits, 'invalid_media', { body: { prompt, image: 'data:image/png;base64,bm8gcGljdHVyZQ==' } });
  const images = [{ file_id: 'file-0123456789abcdef0123456789abcdef0123' }];
  await world.refused(edits, 'file_not_found', { body: { prompt, images } });
}

/** Files that messages name. */
export async function errorsOfFiles(world: World): Promise<void> {
  const { control } = world.gateway.simulator;
  const body = { filename: 'notes.pdf', size: 70, type: 'application/pdf', storage: 'bucket' };
  const { id } = (await world.good('POST /api/files/sign', { body })).json;
  for (const [key, ask] of Object.entries(chatAsks)) {
    await world.refused(key, 'file_not_uploaded', ask({ text: 'What is this?', fileId: id }));
  }
  for (const [key, ask] of Object.entries(chatAsks)) {
    const form = new FormData();
    form.set('file', new Blob([`%PDF-1.7\n${key}\n%%EOF\n`]), 'notes.pdf');
    form.set('purpose', 'user_data');
    const stored = (await world.good('POST /v1/files', { body: form })).json;
    control.fault({ fault: 'parse-failed', times: 9 });
    await world.refused(key, 'document_unreadable', ask({ text: 'What is this?', fileId: stored.id }));
    control.heal();
  }
}

/** Models, names and fields that nobody knows. */
export async function errorsOfNames(world: World): Promise<void> {
  const path = { model: 'nobody-makes-this' };
  for (const key of ['GET /v1/models/{model}', 'GET /v1beta/models/{model}']) {
    await world.refused(key, 'model_not_found', { path });
  }
  await world.refused('POST /v1/videos', 'model_not_found', { body: { prompt, model: path.model } });
  await world.refused('POST /v1/videos', 'unsupported_parameter', { body: { prompt, input_reference: 'x' } });
  await world.refused('POST /api/chats', 'model_not_found', { body: { model: path.model } });
  await world.refused('PUT /admin/model-aliases', 'invalid_request', {
    body: { aliases: [{ pattern: 'x', model: 'y' }] },
  });
  const thread = { model: 'any', messages: [{ role: 'user', content: 'hello' }], thread: { id: 'one' } };
  await world.refused('POST /v1/messages/count_tokens', 'unsupported_parameter', { body: thread });
  const body = { input: 'hello', prompt: { id: 'pmpt_1' } };
  await world.refused('POST /v1/responses/input_tokens', 'unsupported_parameter', { body });
  const account = { email: 'nobody@example.com', password: 'wrong' };
  await world.refused('POST /admin/accounts', 'account_unusable', { body: account });
  for (const [key, ask] of Object.entries(chatAsks)) {
    const call = ask({ text: 'A boat', model: 'qwen3.7-plus-video' });
    world.gateway.simulator.control.fault({ fault: 'video-failed' });
    await world.either(key, 'generation_failed', call);
    world.gateway.simulator.control.heal();
  }
}
