import { cookieValue } from '../accounts/credentials.ts';
import type { Exchange } from '../http/exchange.ts';
import type { SimulatorRoute } from '../http/route.ts';
import type { SimulatorState } from '../state.ts';
import { plainPicture } from './plain-picture.ts';
import { storageCredentials } from './storage-credentials.ts';
import { isSignedRightly } from './storage-signature.ts';

// The first box of an MP4: enough to show that a download works.
const video = Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex');

/** The storage host and the picture host, which have no host of their own here (qwen-web §5.1, §6.2). */
export const storageRoutes: readonly SimulatorRoute[] = [
  { method: 'GET', path: '/output/{path+}', kind: 'download', access: 'open', handle: downloadOutput },
  { method: 'PUT', path: '/{path+}', kind: 'upload', access: 'open', handle: upload },
  { method: 'GET', path: '/{account}/{file}', kind: 'download', access: 'open', handle: downloadUpload },
];

function upload(exchange: Exchange, state: SimulatorState): void {
  const { headers } = exchange.request;
  if (cookieValue(headers.cookie, 'token') !== undefined || headers.authorization?.startsWith('Bearer ') === true) {
    state.violations.push({ kind: 'credentials-to-storage', detail: exchange.path });
  }
  const key = keyOf(exchange.parameters.path ?? '');
  const file = state.files.findByPath(key);
  if (file === undefined) {
    sendStorageError(exchange, 404, 'NoSuchKey', 'Nothing was announced under this path.');
  } else if (exchange.fault?.fault === 'storage-denied') {
    sendStorageError(exchange, 403, 'SecurityTokenExpired', 'The security token you provided has expired.');
  } else if (exchange.fault?.fault === 'storage-failed') {
    sendStorageError(exchange, 500, 'InternalError', 'Please contact the server administrator.');
  } else if (headers['x-oss-security-token'] !== storageCredentials.securityToken) {
    sendStorageError(exchange, 403, 'InvalidAccessKeyId', 'The security token is missing or wrong.');
  } else if (!isSignedRightly(headers, key)) {
    sendStorageError(exchange, 403, 'SignatureDoesNotMatch', 'The signature is not the one of this request.');
  } else {
    if (exchange.bytes.length !== file.size) {
      state.violations.push({
        kind: 'wrong-file-size',
        detail: `${file.size} announced, ${exchange.bytes.length} sent`,
      });
    }
    state.files.update({ ...file, bytes: exchange.bytes, contentType: headers['content-type'] });
    exchange.send(200, 'application/xml', '', { etag: `"${file.id}"` });
  }
}

function downloadUpload(exchange: Exchange, state: SimulatorState): void {
  const file = state.files.findByPath(keyOf(`${exchange.parameters.account}/${exchange.parameters.file}`));
  if (file?.bytes === undefined) {
    sendStorageError(exchange, 404, 'NoSuchKey', 'There is no such file.');
    return;
  }
  exchange.send(200, file.contentType ?? 'application/octet-stream', file.bytes);
}

function downloadOutput(exchange: Exchange): void {
  const isVideo = exchange.path.endsWith('.mp4');
  exchange.send(200, isVideo ? 'video/mp4' : 'image/png', isVideo ? video : plainPicture(exchange.path));
}

/** The object's key, whether the bucket leads the path or not. */
function keyOf(path: string): string {
  const decoded = decodeURIComponent(path);
  const prefix = `${storageCredentials.bucket}/`;
  return decoded.startsWith(prefix) ? decoded.slice(prefix.length) : decoded;
}

function sendStorageError(exchange: Exchange, status: number, code: string, message: string): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n  <Code>${code}</Code>\n  <Message>${message}</Message>\n  <RequestId>${exchange.requestId}</RequestId>\n  <HostId>${storageCredentials.bucket}.oss-accelerate.aliyuncs.com</HostId>\n</Error>\n`;
  exchange.send(status, 'application/xml', body);
}
