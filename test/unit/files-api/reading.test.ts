import { describe, expect, it } from 'vitest';
import { endOfFile, readExpiry } from '../../../shared/files-api/read-expiry.ts';
import { readFileForm, readName } from '../../../shared/files-api/read-file-form.ts';
import { readCompletion, readUploadPlan } from '../../../shared/files-api/read-upload-body.ts';
import { MultipartBody } from '../../../shared/http/multipart-body.ts';

const plan = { filename: 'a.mp4', bytes: 10, mime_type: 'video/mp4', purpose: 'user_data' };

async function formOf(fields: Readonly<Record<string, string>>, file: Buffer | undefined = Buffer.from('words')) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== undefined) form.append('file', new Blob([Uint8Array.from(file)]), 'folder/a.txt');
  const request = new Request('http://127.0.0.1', { method: 'POST', body: form });
  return new MultipartBody(Buffer.from(await request.arrayBuffer()), request.headers.get('content-type') ?? '');
}

describe('the form of a file', () => {
  it('is read', async () => {
    const fields = { purpose: 'assistants', 'expires_after[anchor]': 'created_at', 'expires_after[seconds]': '3600' };
    expect(await readFileForm(await formOf(fields))).toEqual({
      name: 'a.txt',
      bytes: Buffer.from('words'),
      purpose: 'assistants',
      lifetime: 3600,
    });
    expect(await readFileForm(await formOf({ purpose: 'vision' }))).toMatchObject({ lifetime: undefined });
  });

  it.each<[Record<string, string>, Buffer | undefined, string]>([
    [{}, Buffer.from('a'), 'purpose'],
    [{ purpose: 'fun' }, Buffer.from('a'), 'purpose'],
    [{ purpose: 'vision' }, Buffer.alloc(0), 'file'],
    [{ purpose: 'vision', 'expires_after[seconds]': '3600' }, Buffer.from('a'), 'expires_after.anchor'],
    [{ purpose: 'vision', 'expires_after[anchor]': 'created_at' }, Buffer.from('a'), 'expires_after.seconds'],
  ])('is refused by name: %j', async (fields, file, param) => {
    await expect(readFileForm(await formOf(fields, file))).rejects.toMatchObject({ status: 400, param });
  });

  it('must be one, with one file', async () => {
    await expect(readFileForm({ purpose: 'vision' })).rejects.toMatchObject({ status: 400 });
    const none = new FormData();
    none.append('purpose', 'vision');
    const request = new Request('http://127.0.0.1', { method: 'POST', body: none });
    const body = new MultipartBody(Buffer.from(await request.arrayBuffer()), request.headers.get('content-type') ?? '');
    await expect(readFileForm(body)).rejects.toMatchObject({ param: 'file' });
  });

  it('may have any name', () => {
    expect(readName('C:\\a\\b.txt')).toBe('b.txt');
    expect(readName('a\r\nb')).toBe('a b');
    expect(readName('')).toBe('file');
    expect(readName('x'.repeat(999))).toHaveLength(200);
  });
});

describe('the end of a file', () => {
  it('is as asked, within what the bucket keeps', () => {
    expect(endOfFile(1000, undefined, 2)).toBe(1000 + 2 * 86_400_000);
    expect(endOfFile(1000, 3600, 2)).toBe(1000 + 3_600_000);
    expect(endOfFile(1000, 30 * 86_400, 2)).toBe(1000 + 2 * 86_400_000);
  });

  it.each([3599, 2_592_001, 'soon', -1, 4000.5, null])('can not be %s', (seconds) => {
    expect(() => readExpiry({ anchor: 'created_at', seconds })).toThrow(/3600 to 2592000/);
  });

  it('may be left open', () => {
    expect([readExpiry(undefined), readExpiry(null), readExpiry({})]).toEqual([undefined, undefined, undefined]);
  });
});

describe('the plan of an upload', () => {
  it('is read', () => {
    const expiry = { anchor: 'created_at', seconds: 7200 };
    expect(readUploadPlan({ ...plan, expires_after: expiry })).toEqual({
      name: 'a.mp4',
      bytes: 10,
      mediaType: 'video/mp4',
      purpose: 'user_data',
      lifetime: 7200,
    });
  });

  it.each([
    [{ bytes: 0 }, 400, 'bytes'],
    [{ bytes: 1.5 }, 400, 'bytes'],
    [{ bytes: '10' }, 400, 'bytes'],
    [{ bytes: 512 * 1024 * 1024 + 1 }, 413, 'bytes'],
    [{ mime_type: 'film' }, 400, 'mime_type'],
    [{ mime_type: 'a/b\r\nx: y' }, 400, 'mime_type'],
    [{ purpose: 'fun' }, 400, 'purpose'],
    [{ filename: null }, 400, 'filename'],
    [{ expires_after: { anchor: 'last_active_at', seconds: 7200 } }, 400, 'expires_after.anchor'],
  ])('is refused by name: %j', (more, status, param) => {
    expect(() => readUploadPlan({ ...plan, ...more })).toThrow(expect.objectContaining({ status, param }));
  });
});

describe('what completes an upload', () => {
  it('is read, the checksum in hex or base64', () => {
    const hex = '5d41402abc4b2a76b9719d911017c592';
    expect(readCompletion({ part_ids: ['b', 'a'], md5: hex.toUpperCase() })).toEqual({ partIds: ['b', 'a'], md5: hex });
    expect(readCompletion({ part_ids: ['a'], md5: 'XUFAKrxLKna5cZ2REBfFkg==' })).toMatchObject({ md5: hex });
    expect(readCompletion({ part_ids: ['a'], md5: null })).toMatchObject({ md5: undefined });
  });

  it.each([
    [{}, 'part_ids'],
    [{ part_ids: [] }, 'part_ids'],
    [{ part_ids: Array.from({ length: 2001 }, String) }, 'part_ids'],
    [{ part_ids: ['a', 'b', 'a'] }, 'part_ids[2]'],
    [{ part_ids: ['a', 5] }, 'part_ids[1]'],
    [{ part_ids: ['a'], md5: 'xyz' }, 'md5'],
  ])('is refused by name: %#', (body, param) => {
    expect(() => readCompletion(body)).toThrow(expect.objectContaining({ status: 400, param }));
  });
});
