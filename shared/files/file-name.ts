import type { FileKind, FileType } from './file-type.ts';

const defaultNames = {
  image: 'picture',
  video: 'video',
  audio: 'sound',
  document: 'document',
} as const satisfies Record<FileKind, string>;
/** Characters of a name without its extension. */
const longestStem = 80;

/**
 * Makes a name that storages and people can read: without folders, control characters and what file systems refuse.
 *
 * @param given as the client, or an address on the web, has it; may be `''`.
 */
export function fileName(given: string, { kind, extension }: FileType): string {
  const last = given.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .replace(/^\.+/, '')
    .replace(/[\p{C}"<>|?*:#%&]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const [, stem = clean, ending = extension] = /^(.+)(\.\w{1,8})$/.exec(clean) ?? [];
  const short = [...stem].slice(0, longestStem).join('').trim();
  return `${/[\p{L}\p{N}]/u.test(short) ? short : defaultNames[kind]}${ending}`;
}
