import * as z from 'zod/mini';
import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import { readBody } from '../dialects/read-body.ts';
import type { UploadPlan } from '../stored-files/parted-upload.ts';
import { FileTooLargeError } from '../stored-files/upload-errors.ts';
import { mostParts, uploadLimit } from './file-limits.ts';
import { readExpiry } from './read-expiry.ts';
import { readName, readPurpose } from './read-file-form.ts';

/** `POST /v1/uploads`. */
export const planBody = z.object({
  filename: z.string(),
  bytes: z.int(),
  mime_type: z.string(),
  purpose: z.string(),
  expires_after: z.nullish(
    z.object({ anchor: z.nullish(z.string()), seconds: z.nullish(z.union([z.string(), z.number()])) }),
  ),
});

/** `POST /v1/uploads/{id}/complete`. */
export const completionBody = z.object({ part_ids: z.array(z.string()), md5: z.nullish(z.string()) });

/** Which parts make the file, in which order. */
export interface Completion {
  readonly partIds: readonly string[];
  /** MD5 of the whole, in hex. */
  readonly md5: string | undefined;
}

/** Reads `POST /v1/uploads`. @throws InvalidRequestError naming the field; FileTooLargeError */
export function readUploadPlan(body: unknown): UploadPlan {
  const { filename, bytes, mime_type: mediaType, purpose, expires_after: expiry } = readBody(planBody, body);
  if (bytes < 1) throw new InvalidRequestError("'bytes' must be at least 1.", { param: 'bytes' });
  if (bytes > uploadLimit) {
    throw new FileTooLargeError(`'bytes' may be ${uploadLimit} at most.`, { param: 'bytes' });
  }
  if (!/^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(mediaType)) {
    throw new InvalidRequestError("'mime_type' must be a media type such as video/mp4.", { param: 'mime_type' });
  }
  const lifetime = readExpiry(expiry);
  return { name: readName(filename), bytes, mediaType, purpose: readPurpose(purpose), lifetime };
}

/** Reads `POST /v1/uploads/{id}/complete`. @throws InvalidRequestError naming the field. */
export function readCompletion(body: unknown): Completion {
  const { part_ids: partIds, md5 } = readBody(completionBody, body);
  if (partIds.length === 0 || partIds.length > mostParts) {
    throw new InvalidRequestError(`'part_ids' must name 1 to ${mostParts} parts.`, { param: 'part_ids' });
  }
  const twice = partIds.findIndex((id, index) => partIds.indexOf(id) !== index);
  if (twice >= 0) {
    throw new InvalidRequestError(`'part_ids[${twice}]' names a part that was named before.`, {
      param: `part_ids[${twice}]`,
    });
  }
  return { partIds, md5: md5 ? readMd5(md5) : undefined };
}

/** In hex, as OpenAI's clients write it, or in base64, as HTTP does. */
function readMd5(text: string): string {
  if (/^[0-9a-f]{32}$/i.test(text)) return text.toLowerCase();
  if (/^[\w+/]{22}==$/.test(text)) return Buffer.from(text, 'base64').toString('hex');
  throw new InvalidRequestError("'md5' must be an MD5 checksum in hex.", { param: 'md5' });
}
