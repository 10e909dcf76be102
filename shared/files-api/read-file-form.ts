import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import { MultipartBody } from '../http/multipart-body.ts';
import { type Form, type FormFile, readForm } from '../http/read-form.ts';
import { type FilePurpose, filePurposes } from '../stored-files/stored-file.ts';
import { FileTooLargeError } from '../stored-files/upload-errors.ts';
import { passedLimit } from './file-limits.ts';
import { readExpiry } from './read-expiry.ts';

/** What `POST /v1/files` sends. */
export interface FileForm {
  readonly name: string;
  readonly bytes: Buffer;
  readonly purpose: FilePurpose;
  /** Seconds; `undefined` when it is left open. */
  readonly lifetime: number | undefined;
}

/**
 * Reads the form of a new file.
 *
 * @throws InvalidRequestError naming the field; FileTooLargeError
 */
export async function readFileForm(body: unknown): Promise<FileForm> {
  const form = await formOf(body);
  const fields = new Map(form.fields);
  const { name, bytes } = onlyFile(form, 'file');
  const lifetime = readExpiry({
    anchor: fields.get('expires_after[anchor]'),
    seconds: fields.get('expires_after[seconds]'),
  });
  return { name: readName(name), bytes, purpose: readPurpose(fields.get('purpose')), lifetime };
}

/** Reads the bytes of one part. @throws InvalidRequestError, FileTooLargeError */
export async function readPartForm(body: unknown): Promise<Buffer> {
  return onlyFile(await formOf(body), 'data').bytes;
}

/** @throws InvalidRequestError when it is none of those that clients know. */
export function readPurpose(given: string | undefined): FilePurpose {
  const purpose = filePurposes.find((known) => known === given);
  if (purpose !== undefined) return purpose;
  throw new InvalidRequestError(`'purpose' must be one of ${filePurposes.join(', ')}.`, { param: 'purpose' });
}

/** Cuts folders off, which some clients send. */
export function readName(given: string): string {
  const name = given.split(/[\\/]/).at(-1) ?? '';
  return [...name.replace(/\p{C}+/gu, ' ')].slice(0, 200).join('').trim() || 'file';
}

function formOf(body: unknown): Promise<Form> {
  if (body instanceof MultipartBody) return readForm(body);
  throw new InvalidRequestError('Send a form: content-type multipart/form-data, with the bytes as a file of it.');
}

function onlyFile({ files }: Form, field: string): FormFile {
  const [found, other] = files.filter(([name]) => name === field);
  if (found === undefined) throw new InvalidRequestError(`'${field}' is missing: send a file.`, { param: field });
  if (other !== undefined) throw new InvalidRequestError(`'${field}' may come once only.`, { param: field });
  const [, file] = found;
  if (file.bytes.length === 0) throw new InvalidRequestError(`'${field}' is empty.`, { param: field });
  if (file.bytes.length <= passedLimit) return file;
  throw new FileTooLargeError(
    `'${field}' has ${file.bytes.length} bytes; at most ${passedLimit} pass through a function. Send larger files in ` +
      'parts (POST /v1/uploads), or past the functions (POST /api/files/sign).',
    { param: field },
  );
}
