import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { MediaPart } from '../../../shared/chat/request.ts';
import { MediaReader } from '../../../shared/files/media-reader.ts';
import { WebFetcher } from '../../../shared/files/web-fetcher.ts';
import { dataUri, mp4File, pdfFile, pdfUri, pngFile, pngUri } from '../../support/sample-files.ts';

const reader = new MediaReader(new WebFetcher());
const never = new AbortController().signal;
const read = (part: MediaPart) => reader.read(part, never);

describe('a part with a data URI', () => {
  it('is decoded, named, typed and hashed', async () => {
    const bytes = pngFile();
    expect(await read({ type: 'image', url: pngUri() })).toEqual({
      bytes,
      kind: 'image',
      mediaType: 'image/png',
      name: 'picture.png',
      hash: hash('sha256', bytes),
    });
  });

  it('keeps the name that the client gives', async () => {
    expect(await read({ type: 'file', url: pdfUri, name: 'plan' })).toMatchObject({ name: 'plan.pdf' });
    const markdown = dataUri(Buffer.from('# Plan'), '');
    expect(await read({ type: 'file', url: markdown, name: 'plan.md' })).toMatchObject({ mediaType: 'text/markdown' });
  });

  it.each([
    ['image/png', Buffer.from('\xff\xd8\xff\xe0', 'latin1'), 'image', 'image/jpeg'],
    ['', pdfFile, 'document', 'application/pdf'],
    ['application/octet-stream', pdfFile, 'document', 'application/pdf'],
    ['text/plain', pdfFile, 'document', 'application/pdf'],
    ['audio/webm', Buffer.from('\x1a\x45\xdf\xa3\x84webm', 'latin1'), 'audio', 'audio/webm'],
    ['audio/mp4', mp4File, 'audio', 'audio/mp4'],
  ])('that says %s is taken for what it is', async (said, bytes, kind, mediaType) => {
    expect(await read({ type: 'file', url: dataUri(bytes, said) })).toMatchObject({ kind, mediaType });
  });

  it.each([
    ['image/png', pdfFile],
    ['image/png', mp4File],
    ['video/mp4', pngFile()],
    ['audio/wav', pngFile()],
    ['image/png', Buffer.from('<svg/>')],
  ])('that says %s and is of another kind is refused', async (said, bytes) => {
    const part: MediaPart = { type: 'file', url: dataUri(bytes, said), field: 'input[0].content[1].file_data' };
    await expect(read(part)).rejects.toMatchObject({ code: 'invalid_media', param: 'input[0].content[1].file_data' });
    await expect(read(part)).rejects.toThrow(said);
  });

  it('that a dialect has not named is refused all the same', async () => {
    await expect(read({ type: 'image', url: 'data:,x' })).rejects.toMatchObject({ param: 'messages' });
    await expect(read({ type: 'image', url: 'http://127.0.0.1/' })).rejects.toMatchObject({ param: 'messages' });
  });
});
