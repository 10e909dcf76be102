import type { FileType } from './file-type.ts';

const video = (mediaType: string, extension: string): FileType => ({ kind: 'video', mediaType, extension });
const document = (mediaType: string, extension: string): FileType => ({ kind: 'document', mediaType, extension });

const openXml = 'application/vnd.openxmlformats-officedocument';
/** Office files are zip archives; the name of one entry tells which. */
const zipEntries: readonly (readonly [entry: string, type: FileType])[] = [
  ['word/document.xml', document(`${openXml}.wordprocessingml.document`, '.docx')],
  ['xl/workbook.xml', document(`${openXml}.spreadsheetml.sheet`, '.xlsx')],
  ['ppt/presentation.xml', document(`${openXml}.presentationml.presentation`, '.pptx')],
];

const word = document('application/msword', '.doc');
/** Office files of before 2007 all begin alike. */
const olderOffice: ReadonlyMap<string, FileType> = new Map([
  ['xls', document('application/vnd.ms-excel', '.xls')],
  ['ppt', document('application/vnd.ms-powerpoint', '.ppt')],
]);

/** Finds out what a file is whose form holds many kinds of things. */
export function containerType(bytes: Buffer, name: string): FileType | undefined {
  const head = bytes.toString('latin1', 0, 64);
  if (head.startsWith('RIFF')) return riffType(head.slice(8, 12));
  if (head.slice(4, 8) === 'ftyp') return isoType(head.slice(8, 12));
  if (head.startsWith('\x1a\x45\xdf\xa3')) return matroskaType(head);
  if (head.startsWith('PK\x03\x04')) return zipEntries.find(([entry]) => bytes.includes(entry))?.[1];
  if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return olderOffice.get(extensionOf(name)) ?? word;
  return undefined;
}

function riffType(form: string): FileType | undefined {
  switch (form) {
    case 'WEBP':
      return { kind: 'image', mediaType: 'image/webp', extension: '.webp' };
    case 'WAVE':
      return { kind: 'audio', mediaType: 'audio/wav', extension: '.wav' };
    case 'AVI ':
      return video('video/x-msvideo', '.avi');
    default:
      return undefined;
  }
}

/** @param brand of an ISO media file; there are dozens for video. Pictures in it are not taken. */
function isoType(brand: string): FileType | undefined {
  if (brand === 'qt  ') return video('video/quicktime', '.mov');
  if (brand.startsWith('M4A')) return { kind: 'audio', mediaType: 'audio/mp4', extension: '.m4a' };
  return /^(?:avi[fs]|hei|hev|mif1|msf1)/.test(brand) ? undefined : video('video/mp4', '.mp4');
}

function matroskaType(head: string): FileType {
  return head.includes('webm') ? video('video/webm', '.webm') : video('video/x-matroska', '.mkv');
}

function extensionOf(name: string): string {
  return /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
