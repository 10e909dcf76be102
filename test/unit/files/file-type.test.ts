import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileName } from '../../../shared/files/file-name.ts';
import { fileTypeOf } from '../../../shared/files/file-type.ts';
import { mp4File, pdfFile, pngFile, wavFile } from '../../support/sample-files.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** The head of a bitmap with a header of the given size. */
function bitmap(headerSize: number): Buffer {
  const file = Buffer.alloc(64);
  file.write('BM');
  file.writeUInt32LE(headerSize, 14);
  return file;
}

/** A zip archive's beginning, with the name of an entry. */
const archive = (entry: string): Buffer => bytes(`PK\x03\x04\x14\0\0\0\0\0[Content_Types].xml\0\0PK\x03\x04${entry}`);

const openXml = 'application/vnd.openxmlformats-officedocument';
const olderOffice = bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0');

describe('the type of a file', () => {
  it.each([
    ['png', pngFile(), 'image', 'image/png'],
    ['jpeg', bytes('\xff\xd8\xff\xe0\0\x10JFIF'), 'image', 'image/jpeg'],
    ['gif', bytes('GIF89a\x01\0'), 'image', 'image/gif'],
    ['older gif', bytes('GIF87a\x01\0'), 'image', 'image/gif'],
    ['webp', bytes('RIFF\x24\0\0\0WEBPVP8 '), 'image', 'image/webp'],
    ['bmp', bitmap(40), 'image', 'image/bmp'],
    ['mp4', mp4File, 'video', 'video/mp4'],
    ['mov', bytes('\0\0\0\x14ftypqt  \0\0\0\0'), 'video', 'video/quicktime'],
    ['webm', bytes('\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm'), 'video', 'video/webm'],
    ['mkv', bytes('\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska'), 'video', 'video/x-matroska'],
    ['avi', bytes('RIFF\x24\0\0\0AVI LIST'), 'video', 'video/x-msvideo'],
    ['wav', wavFile, 'audio', 'audio/wav'],
    ['mp3', bytes('ID3\x04\0\0'), 'audio', 'audio/mpeg'],
    ['bare mp3', bytes('\xff\xfb\x90\x64'), 'audio', 'audio/mpeg'],
    ['aac', bytes('\xff\xf1\x50\x80'), 'audio', 'audio/aac'],
    ['m4a', bytes('\0\0\0\x1cftypM4A \0\0'), 'audio', 'audio/mp4'],
    ['ogg', bytes('OggS\0\x02'), 'audio', 'audio/ogg'],
    ['flac', bytes('fLaC\0\0'), 'audio', 'audio/flac'],
    ['pdf', pdfFile, 'document', 'application/pdf'],
    ['rtf', bytes('{\\rtf1\\ansi'), 'document', 'application/rtf'],
    ['docx', archive('word/document.xml'), 'document', `${openXml}.wordprocessingml.document`],
    ['xlsx', archive('xl/workbook.xml'), 'document', `${openXml}.spreadsheetml.sheet`],
    ['pptx', archive('ppt/presentation.xml'), 'document', `${openXml}.presentationml.presentation`],
    ['doc', olderOffice, 'document', 'application/msword'],
    ['text', Buffer.from('Grüße, 世界\r\n\tand a tab'), 'document', 'text/plain'],
    [
      'text that begins like a bitmap',
      Buffer.from('BMW builds cars, and has done so for long.'),
      'document',
      'text/plain',
    ],
    ['a vector drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'document', 'text/plain'],
  ])('is found by its bytes: %s', (_, file, kind, mediaType) => {
    expect(fileTypeOf(file, '')).toMatchObject({ kind, mediaType });
  });

  it.each([
    ['table.XLS', olderOffice, 'application/vnd.ms-excel'],
    ['slides.ppt', olderOffice, 'application/vnd.ms-powerpoint'],
    ['notes.md', Buffer.from('# Notes'), 'text/markdown'],
    ['data.csv', Buffer.from('a,b'), 'text/csv'],
    ['data.JSON', Buffer.from('{}'), 'application/json'],
    ['main.py', Buffer.from('print()'), 'text/plain'],
    ['picture.png', Buffer.from('no picture'), 'text/plain'],
  ])('heeds the name where bytes say too little: %s', (name, file, mediaType) => {
    expect(fileTypeOf(file, name)).toMatchObject({ kind: 'document', mediaType });
  });

  it.each([
    ['a program', bytes('\x7fELF\x02\x01\x01\0')],
    ['an archive of anything', archive('src/main.c')],
    ['text with a zero', bytes('text\0text')],
    ['text with control characters', bytes('\x01\x02\x03 text')],
    ['text in Latin 1', bytes('Gr\xfc\xdfe')],
    ['a picture of a kind that Qwen does not take', bytes('\0\0\0\x1cftypavif\0\0\0\0')],
    ['another one', bytes('\0\0\0\x1cftypheic\0\0\0\0')],
    ['something like a bitmap', bitmap(5000)],
    ['a RIFF of another kind', bytes('RIFF\x24\0\0\0ACONanih')],
    ['gzip', bytes('\x1f\x8b\x08\0')],
    ['nothing', Buffer.alloc(0)],
  ])('is unknown for %s', (_, file) => {
    expect(fileTypeOf(file, 'a.txt')).toBeUndefined();
  });

  it('never breaks on any bytes', () => {
    const heads = ['', 'RIFF', 'BM', 'PK\x03\x04', '\x1a\x45\xdf\xa3', '\0\0\0\x18ftyp'].map(bytes);
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 80 }), fc.string(), (head, rest, name) => {
        const type = fileTypeOf(Buffer.concat([head, rest]), name);
        expect(type === undefined || type.extension.startsWith('.')).toBe(true);
      }),
    );
  });

  it('of much noise is unknown', () => {
    expect(fileTypeOf(Buffer.concat([Buffer.from([0x81]), randomBytes(100_000)]), '')).toBeUndefined();
  });
});

describe('the name of a file', () => {
  const pdf = { kind: 'document', mediaType: 'application/pdf', extension: '.pdf' } as const;

  it.each([
    ['', 'document.pdf'],
    ['report.pdf', 'report.pdf'],
    ['report', 'report.pdf'],
    ['Bericht für März.PDF', 'Bericht für März.PDF'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\Users\\me\\a.pdf', 'a.pdf'],
    ['a\r\nX-Header: 1.pdf', 'a X-Header 1.pdf'],
    ['a?b=c&d#e%20', 'a b=c d e 20.pdf'],
    ['folder/', 'document.pdf'],
    ['...', 'document.pdf'],
    ['.pdf', 'pdf.pdf'],
    ['报告.pdf', '报告.pdf'],
    [`${'long '.repeat(50)}.pdf`, `${'long '.repeat(16).trim()}.pdf`],
  ])('%j becomes %j', (given, name) => {
    expect(fileName(given, pdf)).toBe(name);
  });

  it('can always stand in a path and in a header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (given) => {
        const name = fileName(given, pdf);
        expect(name).toMatch(/^[^/\\\p{C}]+\.\w+$/u);
        expect(name.length).toBeLessThan(200);
      }),
    );
  });
});
