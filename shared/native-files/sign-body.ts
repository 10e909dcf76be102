import * as z from 'zod/mini';
import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import type { AnnouncedFile, GrantForm } from '../chat/upload.ts';
import { readBody } from '../dialects/read-body.ts';
import { readAnnouncement } from './announced-file.ts';

const nameForm = z.string().check(z.minLength(1), z.maxLength(1000));
const sizeForm = z.int().check(z.minimum(1));
/** 16 bytes in base64. */
const md5Form = z.string().check(z.regex(/^[A-Za-z0-9+/]{22}==$/, 'must be the MD5 of the bytes in base64'));

/** `POST /api/files/sign`. */
export const signBody = z.object({
  filename: nameForm,
  size: sizeForm,
  type: z.nullish(z.string()),
  storage: z.nullish(z.enum(['upstream', 'bucket'])),
  signature_version: z.nullish(z.enum(['v4', 'v1'])),
  md5: z.nullish(md5Form),
});

/** What `POST /api/files/sign` is asked for. */
export interface SignOrder {
  readonly file: AnnouncedFile;
  readonly storage: 'upstream' | 'bucket';
  readonly form: GrantForm;
}

/** @throws InvalidRequestError naming the field that is wrong. */
export function readSignOrder(body: unknown): SignOrder {
  const { filename, size, type, storage, signature_version: version, md5 } = readBody(signBody, body);
  const file = readAnnouncement({ name: filename, size, type: type ?? '' }, { size: 'size', type: 'type' });
  return { file, storage: storage ?? 'upstream', form: readForm(version ?? 'v4', md5 ?? undefined) };
}

function readForm(signatureVersion: 'v4' | 'v1', md5: string | undefined): GrantForm {
  if (signatureVersion === 'v4') return { signatureVersion, md5 };
  if (md5 !== undefined) return { signatureVersion, md5 };
  throw new InvalidRequestError("'md5' is missing: signatures of version 1 bind no size, so they bind the bytes.", {
    param: 'md5',
  });
}

/** `POST /api/files/getstsToken`. */
export const tokenBody = z.object({
  filename: nameForm,
  // The source's clients send a number, or a text of one (qwen-web §6.1).
  filesize: z.union([sizeForm, z.string().check(z.regex(/^[1-9]\d{0,11}$/, 'must be a number of bytes'))]),
  filetype: z.nullish(z.string()),
});

/** Reads the body of `POST /api/files/getstsToken`. @throws InvalidRequestError naming the field that is wrong. */
export function readTokenOrder(body: unknown): AnnouncedFile {
  const { filename, filesize, filetype } = readBody(tokenBody, body);
  const said = { name: filename, size: Number(filesize), type: filetype ?? '' };
  return readAnnouncement(said, { size: 'filesize', type: 'filetype' });
}
