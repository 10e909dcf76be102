import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import type { FilePart } from '../chat/request.ts';
import { storedSource } from '../chat/stored-source.ts';

/** An address as clients write it: bare, or in an object. */
export type AddressBody = string | { readonly url: string };

/** Where a part's content comes from. */
type MediaSource = Pick<FilePart, 'url' | 'fileId' | 'field'>;

/** A document: its bytes, its address, or the id of an uploaded file. */
export interface FileBody {
  readonly file_data?: string | null | undefined;
  readonly file_url?: string | null | undefined;
  readonly file_id?: string | null | undefined;
  readonly filename?: string | null | undefined;
}

/**
 * Reads an address, bare or in an object.
 *
 * @param path of the address, or its object, in the body.
 * @throws InvalidRequestError when there is none, or none that could be fetched or decoded.
 */
export function readAddress(
  address: AddressBody | null | undefined,
  path: string,
): { readonly url: string; readonly field: string } {
  const isBare = typeof address !== 'object' || address === null;
  const url = isBare ? address : address.url;
  const field = isBare ? path : `${path}.url`;
  if (typeof url === 'string' && /^(?:https?:\/\/|data:)/i.test(url)) return { url, field };
  throw new InvalidRequestError(`'${field}' must be an http(s) URL or a data URI.`, { param: field });
}

/**
 * Reads a document: its bytes as a data URI or as bare base64, its address, or the id of a stored file.
 *
 * @throws InvalidRequestError when there is nothing to read.
 */
export function readFile(body: FileBody, path: string): FilePart {
  const { file_data: data, file_url: address, file_id: id, filename } = body;
  const name = filename ? { name: filename } : {};
  if (id) return { type: 'file', ...storedSource(id, `${path}.file_id`), ...name };
  if (typeof data !== 'string') return { type: 'file', ...readAddress(address, `${path}.file_url`), ...name };
  const url = /^data:/i.test(data) ? data : `data:;base64,${data}`;
  return { type: 'file', url, field: `${path}.file_data`, ...name };
}

/** Reads a sound, which comes as bare base64. */
export function readAudio(
  { data, format }: { readonly data: string; readonly format: string },
  field: string,
): FilePart {
  return { type: 'file', url: `data:audio/${format};base64,${data}`, field, name: `sound.${format}` };
}

/**
 * Reads what is not text and not a document: an address, or the id of a stored file.
 *
 * @param name of the field with the address.
 * @param path of the part in the body.
 * @throws InvalidRequestError when there is neither.
 */
export function readAddressOrId(
  address: AddressBody | null | undefined,
  fileId: string | null | undefined,
  path: string,
  name: string,
): MediaSource {
  return fileId ? storedSource(fileId, `${path}.file_id`) : readAddress(address, `${path}.${name}`);
}
