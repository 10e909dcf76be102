import {
  count,
  epochSeconds,
  type JsonSchema,
  mapOf,
  named,
  object,
  oneOf,
  only,
  orNull,
  text,
} from '../json-schema.ts';
import { deletedOf, pageOf } from './lists.ts';

/** OpenAI's file object. */
export const file: JsonSchema = named(
  'File',
  object({
    id: text,
    object: only('file'),
    bytes: count,
    created_at: epochSeconds,
    expires_at: epochSeconds,
    filename: text,
    purpose: text,
    status: oneOf('processed', 'pending'),
    status_details: only(null),
  }),
);

export const fileList = pageOf('FileList', file);
export const deletedFile = deletedOf('DeletedFile', 'file');

/** OpenAI's upload in parts; `file` is what it has become. */
export const upload: JsonSchema = named(
  'Upload',
  object({
    id: text,
    object: only('upload'),
    bytes: count,
    created_at: epochSeconds,
    expires_at: epochSeconds,
    filename: text,
    purpose: text,
    status: oneOf('pending', 'completed', 'cancelled'),
    file: orNull(file),
  }),
);

export const uploadPart: JsonSchema = named(
  'UploadPart',
  object({ id: text, object: only('upload.part'), created_at: epochSeconds, upload_id: text }),
);

/** What `/api/files/upload` answers; `imageUrl` can stand in messages. */
export const nativeFile: JsonSchema = named(
  'NativeFile',
  object({
    id: text,
    imageUrl: orNull(text),
    fileUrl: text,
    name: text,
    size: count,
    type: text,
    expires_at: epochSeconds,
  }),
);

const order = { method: only('PUT'), url: text, headers: mapOf(text), expires_at: epochSeconds };

/** One signed PUT past the gateway. */
export const signedUpload: JsonSchema = named('SignedUpload', object({ id: text, ...order }, { file_url: text }));

const token = {
  access_key_id: only(null),
  access_key_secret: only(null),
  security_token: only(null),
  bucketname: text,
  region: text,
  endpoint: text,
  file_path: text,
  file_url: text,
  file_id: text,
  upload: object(order),
};

/** The site's own answer, without its keys. */
export const storageToken: JsonSchema = named(
  'StorageToken',
  object({ success: only(true), request_id: text, data: object(token), ...token }),
);
