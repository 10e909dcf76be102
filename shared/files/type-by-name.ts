import type { FileKind } from './file-type.ts';

const openXml = 'application/vnd.openxmlformats-officedocument';
/** Media types by the ending of a name; the ones that `fileTypeOf` finds for the bytes of such files. */
const mediaTypes: ReadonlyMap<string, string> = new Map([
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['png', 'image/png'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['bmp', 'image/bmp'],
  ['mp4', 'video/mp4'],
  ['mov', 'video/quicktime'],
  ['webm', 'video/webm'],
  ['mkv', 'video/x-matroska'],
  ['avi', 'video/x-msvideo'],
  ['wav', 'audio/wav'],
  ['mp3', 'audio/mpeg'],
  ['m4a', 'audio/mp4'],
  ['aac', 'audio/aac'],
  ['ogg', 'audio/ogg'],
  ['flac', 'audio/flac'],
  ['pdf', 'application/pdf'],
  ['rtf', 'application/rtf'],
  ['doc', 'application/msword'],
  ['xls', 'application/vnd.ms-excel'],
  ['ppt', 'application/vnd.ms-powerpoint'],
  ['docx', `${openXml}.wordprocessingml.document`],
  ['xlsx', `${openXml}.spreadsheetml.sheet`],
  ['pptx', `${openXml}.presentationml.presentation`],
  ['txt', 'text/plain'],
  ['md', 'text/markdown'],
  ['csv', 'text/csv'],
  ['html', 'text/html'],
  ['xml', 'text/xml'],
  ['json', 'application/json'],
]);

/** What a file with such a name mostly is; nobody has seen its bytes. @returns `undefined` for endings that nobody knows. */
export function typeByName(name: string): string | undefined {
  return mediaTypes.get(/\.(\w{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '');
}

/** What is neither picture, film nor sound is a document. */
export function kindOfType(mediaType: string): FileKind {
  const [kind] = mediaType.split('/');
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'document';
}
