import { InvalidRequestError, UnsupportedParameterError } from '../chat/errors/request-errors.ts';
import type { FilePart } from '../chat/request.ts';

/** An address as clients write it: bare, or in an object. */
export type AddressBody = string | { readonly url: string };

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
 * Reads a document: its bytes as a data URI or as bare base64, or its address.
 *
 * @throws UnsupportedParameterError for a file by id; InvalidRequestError when there is nothing to read.
 */
export function readFile(body: FileBody, path: string): FilePart {
  const { file_data: data, file_url: address, file_id: id, filename } = body;
  refuseFileId(id, path);
  const name = filename ? { name: filename } : {};
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

/** @throws UnsupportedParameterError */
export function refuseFileId(id: string | null | undefined, path: string): void {
  if (typeof id !== 'string') return;
  const field = `${path}.file_id`;
  throw new UnsupportedParameterError(
    `'${field}' names an uploaded file, and this gateway keeps none. Send its bytes as a data URI, or an address.`,
    { param: field },
  );
}
