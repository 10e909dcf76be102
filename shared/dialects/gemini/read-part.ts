import { UnsupportedParameterError } from '../../chat/errors/request-errors.ts';
import type { ContentPart, MediaPart } from '../../chat/request.ts';
import { storedSource } from '../../chat/stored-source.ts';
import type { MediaBody, PartBody } from './content-body.ts';

/**
 * Reads a part of the user's content.
 *
 * @param path of the part in the body, as `contents[0].parts[0]`.
 * @returns nothing for kinds that can't be passed on.
 * @throws UnsupportedParameterError for a file that only Google could open.
 */
export function readPart(part: PartBody, path: string): readonly ContentPart[] {
  const text = partText(part);
  const media = readMedia(part, path);
  return text === undefined ? media : [{ type: 'text', text }, ...media];
}

/** The words of a part: text, or code and what it printed. A thought is none: it was not meant to be read. */
export function partText({ text, thought, executableCode, codeExecutionResult }: PartBody): string | undefined {
  if (thought) return undefined;
  if (typeof text === 'string') return text;
  if (executableCode?.code) return fenced(executableCode.language?.toLowerCase() ?? '', executableCode.code);
  if (codeExecutionResult?.output) return fenced('', codeExecutionResult.output);
  return undefined;
}

/**
 * Reads what is not text.
 *
 * @throws UnsupportedParameterError for a URI that is no http(s) URL.
 */
export function readMedia({ inlineData, fileData }: MediaBody, path: string): readonly MediaPart[] {
  const media: MediaPart[] = [];
  if (inlineData) {
    const { mimeType, data, displayName } = inlineData;
    const url = `data:${mimeType};base64,${data}`;
    media.push(mediaPart(mimeType, { url, field: `${path}.inlineData.data` }, displayName));
  }
  if (fileData) {
    const { mimeType, fileUri, displayName } = fileData;
    const field = `${path}.fileData.fileUri`;
    media.push(mediaPart(mimeType ?? '', fileSource(fileUri, field), displayName));
  }
  return media;
}

function mediaPart(
  mimeType: string,
  source: Pick<MediaPart, 'url' | 'fileId' | 'field'>,
  name: string | null | undefined,
): MediaPart {
  if (mimeType.startsWith('image/')) return { type: 'image', ...source };
  if (mimeType.startsWith('video/')) return { type: 'video', ...source };
  return name ? { type: 'file', ...source, name } : { type: 'file', ...source };
}

/** A file's name, or the address that Google's API makes of it, ends alike. */
const storedFile = /(?:^|\/)files\/(file-[0-9a-f]{36})$/;

/** What `fileUri` points at: a stored file by its id, or anything on the web. */
function fileSource(uri: string, field: string): Pick<MediaPart, 'url' | 'fileId' | 'field'> {
  const id = storedFile.exec(uri)?.[1];
  return id === undefined ? { url: checkedUrl(uri, field), field } : storedSource(id, field);
}

function checkedUrl(uri: string, field: string): string {
  if (/^https?:\/\//i.test(uri)) return uri;
  throw new UnsupportedParameterError(`'${field}' must be an http(s) URL: Google's own files are not at hand here.`, {
    param: field,
  });
}

function fenced(language: string, code: string): string {
  return `\n\`\`\`${language}\n${code}\n\`\`\`\n`;
}
