import { UpstreamUnavailableError } from '../../chat/errors/answer-faults.ts';
import type { AnnouncedFile } from '../../chat/upload.ts';
import type { Credentials } from '../../chat/upstream.ts';
import { fileClassOf } from './file-class.ts';
import { upstreamHeaders } from './headers.ts';
import { callJson } from './json-call.ts';
import { type JsonObject, objectField, textField } from './json-fields.ts';
import type { Transport } from './transport.ts';

/** The right to put one file into the upstream's storage. Secret, and over after minutes. */
export interface StorageGrant {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
  readonly bucket: string;
  /** Without the prefix `oss-`. */
  readonly region: string;
  /** A host, or a URL. */
  readonly endpoint: string;
  /** The object's key in the bucket. Its first segment is the user's id. */
  readonly path: string;
  /** Where the file can be read once it is there; signed. */
  readonly fileUrl: string;
  readonly fileId: string;
}

/**
 * Asks for the right to upload a file (qwen-web §6.1). The answer has an envelope or none.
 *
 * @throws UpstreamError when the upstream refuses.
 */
export async function requestGrant(
  transport: Transport,
  { name, size, mediaType }: AnnouncedFile,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<StorageGrant> {
  const { body } = await callJson(transport, {
    method: 'POST',
    path: '/api/v2/files/getstsToken',
    headers: upstreamHeaders({ credentials, accept: 'application/json' }),
    // The newest clients send the size as a text (qwen-web §6.1).
    body: JSON.stringify({ filename: name, filesize: String(size), filetype: fileClassOf(mediaType).type }),
    signal,
    account: credentials,
  });
  return readGrant(objectField(body, 'data') ?? body);
}

function readGrant(data: JsonObject): StorageGrant {
  const demand = (name: string): string => {
    const value = textField(data, name);
    if (value !== undefined) return value;
    throw new UpstreamUnavailableError(`The upstream's right to upload a file lacks its ${name}.`, {
      upstreamCode: 'bad_grant',
    });
  };
  return {
    accessKeyId: demand('access_key_id'),
    accessKeySecret: demand('access_key_secret'),
    securityToken: demand('security_token'),
    bucket: demand('bucketname'),
    region: demand('region').replace(/^oss-/, ''),
    endpoint: demand('endpoint'),
    path: demand('file_path'),
    fileUrl: demand('file_url'),
    fileId: demand('file_id'),
  };
}
