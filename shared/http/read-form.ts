import { Busboy } from '@fastify/busboy';
import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import type { MultipartBody } from './multipart-body.ts';

/** A file of a form. */
export interface FormFile {
  /** As the client calls it; may be `''`. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** A form, read. Fields and files keep their order. */
export interface Form {
  readonly fields: readonly (readonly [field: string, value: string])[];
  readonly files: readonly (readonly [field: string, file: FormFile])[];
}

const limits = { fieldNameSize: 100, fieldSize: 1_000_000, fields: 100, files: 30, parts: 130, headerPairs: 50 };

/**
 * Takes a form apart. Each file is copied once, out of the body.
 *
 * @throws InvalidRequestError when it is not well formed.
 */
export function readForm({ bytes, contentType }: MultipartBody): Promise<Form> {
  const fields: [string, string][] = [];
  const files: [string, FormFile][] = [];
  const { promise, resolve, reject } = Promise.withResolvers<Form>();
  const refuse = (why: string, cause?: unknown) => reject(new InvalidRequestError(`The form ${why}`, { cause }));
  const parser = openParser(contentType, refuse);
  parser?.on('field', (field, value, nameCut, valueCut) => {
    if (nameCut || valueCut) refuse(`has a field '${field}' that is too large.`);
    fields.push([field, value]);
  });
  parser?.on('file', (field, stream, name) => {
    const pieces: Buffer[] = [];
    stream.on('data', (piece: Buffer) => pieces.push(piece));
    stream.on('error', (error) => refuse('breaks off within a file.', error));
    stream.on('end', () => files.push([field, { name: name ?? '', bytes: Buffer.concat(pieces) }]));
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    parser?.on(limit, () => refuse('has too many parts.'));
  }
  parser?.on('error', (error) => refuse('is broken: it must end with its boundary.', error));
  parser?.on('finish', () => resolve({ fields, files }));
  parser?.end(bytes);
  return promise;
}

function openParser(contentType: string, refuse: (why: string, cause: unknown) => void) {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits });
  } catch (error) {
    refuse('has no boundary: let your client set the content-type.', error);
    return undefined;
  }
}
