import { describe, expect, it } from 'vitest';
import { InvalidMediaError } from '../../../shared/files/media-errors.ts';
import { type Announcement, readAnnouncement } from '../../../shared/native-files/announced-file.ts';

const fields = { size: 'filesize', type: 'filetype' };
const read = (said: Partial<Announcement>) => readAnnouncement({ name: 'a.mp4', size: 5, type: '', ...said }, fields);

describe('an announced file', () => {
  it.each([
    ['film.MP4', '', 'video/mp4'],
    ['film.mov', 'video', 'video/quicktime'],
    ['film.mov', 'Video/QuickTime', 'video/quicktime'],
    ['pixel.jpeg', 'image', 'image/jpeg'],
    ['sound.flac', 'audio', 'audio/flac'],
    ['notes.docx', 'document', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['notes.md', 'file', 'text/markdown'],
    ['Makefile', '', 'application/octet-stream'],
    ['Makefile', 'file', 'application/octet-stream'],
    ['film', 'video/mp4', 'video/mp4'],
  ])('%s, said to be %j, is %s', (name, type, mediaType) => {
    expect(read({ name, type }).mediaType).toBe(mediaType);
  });

  it('keeps its size, and gets a name that storages take', () => {
    expect(read({ name: '../../etc/passwd.mp4', size: 7 })).toEqual({
      name: 'passwd.mp4',
      mediaType: 'video/mp4',
      size: 7,
    });
    expect(read({ name: 'a\r\nb?#.mp4' }).name).toBe('a b.mp4');
    expect(read({ name: '', type: 'video/mp4' }).name).toBe('video');
  });

  it.each([
    ['film.mp4', 'image'],
    ['pixel.png', 'document'],
    ['film', 'video'],
    ['film.mp4', 'mp4'],
    ['film.mp4', 'video/'],
    ['film.mp4', 'video/mp4\r\nx-oss-acl: public'],
    ['film.mp4', 'video/mp4; codecs=a'],
  ])('%s is not said to be %j', (name, type) => {
    expect(() => read({ name, type })).toThrow(InvalidMediaError);
    expect(() => read({ name, type })).toThrow(/^'filetype' /);
  });

  it.each([
    ['a.png', 20_000_000],
    ['a.pdf', 20_000_000],
    ['a.mp3', 100_000_000],
    ['a.mp4', 500_000_000],
  ])('%s may have %d bytes, and no more', (name, size) => {
    expect(read({ name, size }).size).toBe(size);
    expect(() => read({ name, size: size + 1 })).toThrow(/^'filesize' /);
  });
});
