import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../../../shared/chat/errors/request-errors.ts';
import { createOpenAiChat } from '../../../../shared/dialects/openai-chat/openai-chat.ts';
import { plainContext } from '../../../support/request-context.ts';

const dialect = createOpenAiChat({ outputThinking: true, searchInfoMode: 'annotations' });
const address = 'https://a.example/1.png';
const data = 'data:image/png;base64,AAAA';

/** The parts of one user message, as they are read. */
function read(...content: readonly object[]) {
  const { request } = dialect.read({ model: 'm', messages: [{ role: 'user', content }] }, plainContext);
  return request.messages[0]?.content;
}

function refusal(part: object): InvalidRequestError {
  try {
    read(part);
  } catch (error) {
    if (error instanceof InvalidRequestError) return error;
  }
  throw new Error('was taken');
}

describe('parts of user content', () => {
  it('keep their order', () => {
    const parts = read(
      { type: 'image', image: data },
      { type: 'text', text: 'and' },
      { type: 'video', video: address },
    );
    expect(parts).toMatchObject([{ type: 'image' }, { type: 'text', text: 'and' }, { type: 'video' }]);
  });

  it.each([
    [{ type: 'image_url', image_url: { url: data, detail: 'low' } }, 'image', data, 'image_url.url'],
    [{ type: 'image_url', image_url: address }, 'image', address, 'image_url'],
    [
      { type: 'image_url', image_url: 'DATA:image/png;base64,AAAA' },
      'image',
      'DATA:image/png;base64,AAAA',
      'image_url',
    ],
    [{ type: 'image', image: 'http://a.example/2.png' }, 'image', 'http://a.example/2.png', 'image'],
    [{ type: 'input_image', image_url: address, file_id: null }, 'image', address, 'image_url'],
    [{ type: 'input_image', image_url: { url: address } }, 'image', address, 'image_url.url'],
    [{ type: 'video_url', video_url: { url: address } }, 'video', address, 'video_url.url'],
    [{ type: 'video_url', video_url: address }, 'video', address, 'video_url'],
    [{ type: 'video', video: address }, 'video', address, 'video'],
    [{ type: 'input_video', video_url: address }, 'video', address, 'video_url'],
    [{ type: 'file', file: { file_data: data } }, 'file', data, 'file.file_data'],
    [{ type: 'file', file: { file_data: 'AAAA' } }, 'file', 'data:;base64,AAAA', 'file.file_data'],
    [{ type: 'file', file: { file_url: address, file_id: null } }, 'file', address, 'file.file_url'],
    [{ type: 'input_file', file_data: data }, 'file', data, 'file_data'],
    [{ type: 'input_file', file_url: address }, 'file', address, 'file_url'],
  ])('of every spelling are read: %j', (part, type, url, field) => {
    expect(read(part)).toEqual([{ type, url, field: `messages[0].content[0].${field}` }]);
  });

  it('keep the names of files', () => {
    expect(read({ type: 'file', file: { file_data: data, filename: 'a.pdf' } })).toMatchObject([{ name: 'a.pdf' }]);
    expect(read({ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } })).toEqual([
      {
        type: 'file',
        url: 'data:audio/wav;base64,AAAA',
        name: 'sound.wav',
        field: 'messages[0].content[0].input_audio.data',
      },
    ]);
  });

  it.each([
    [{ type: 'image_url', image_url: { url: 'ftp://a.example/1.png' } }, 'image_url.url'],
    [{ type: 'image_url', image_url: 'file:///etc/passwd' }, 'image_url'],
    [{ type: 'image_url', image_url: 5 }, 'image_url'],
    [{ type: 'image_url' }, 'image_url'],
    [{ type: 'image', image: '/local.png' }, 'image'],
    [{ type: 'input_image' }, 'image_url'],
    [{ type: 'video_url', video_url: { url: '' } }, 'video_url.url'],
    [{ type: 'video', video: ['https://a.example/1.png'] }, 'video'],
    [{ type: 'file', file: {} }, 'file.file_url'],
    [{ type: 'file', file: 'a.pdf' }, 'file'],
    [{ type: 'file', file: { file_data: 5 } }, 'file.file_data'],
    [{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav;base64,' } }, 'input_audio.format'],
    [{ type: 'input_audio', input_audio: { data: 'AAAA' } }, 'input_audio.format'],
  ])('that can not be meant so are refused by name: %j', (part, field) => {
    expect(refusal(part)).toMatchObject({ status: 400, param: `messages[0].content[0].${field}` });
  });

  it.each([
    [{ type: 'file', file: { file_id: 'file-1' } }, 'file', 'file.file_id'],
    [{ type: 'input_file', file_id: 'file-1' }, 'file', 'file_id'],
    [{ type: 'input_image', file_id: 'file-1' }, 'image', 'file_id'],
    [{ type: 'input_video', file_id: 'file-1' }, 'video', 'file_id'],
  ])('by the id of a stored file are left to whoever knows files: %j', (part, type, field) => {
    const source = { url: 'stored:file-1', fileId: 'file-1', field: `messages[0].content[0].${field}` };
    expect(read(part)).toEqual([{ type, ...source }]);
  });

  it('that are pictures have addresses: an id of a file is none', () => {
    const error = refusal({ type: 'image_url', image_url: { url: 'file-1' } });
    expect(error).toMatchObject({ status: 400, param: 'messages[0].content[0].image_url.url' });
  });

  it('of unknown kinds are refused', () => {
    expect(refusal({ type: 'hologram' })).toMatchObject({ status: 400, param: 'messages[0].content[0].type' });
  });
});
