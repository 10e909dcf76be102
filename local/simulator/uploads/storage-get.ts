import type { Exchange } from '../http/exchange.ts';
import type { SimulatorState } from '../state.ts';
import { isWholeContent } from './read-content.ts';
import { keyOf } from './storage-credentials.ts';
import { StorageError, sendStorageError } from './storage-error.ts';

/** Gives an object back, or some of its first bytes. */
export function getObject(exchange: Exchange, state: SimulatorState): void {
  const file = state.files.findByPath(keyOf(`${exchange.parameters.account}/${exchange.parameters.file}`));
  if (file?.content === undefined) {
    sendStorageError(exchange, new StorageError(404, 'NoSuchKey', 'There is no such file.'));
    return;
  }
  const { contentType = 'application/octet-stream', content } = file;
  const [, last] = /^bytes=0-(\d+)$/.exec(exchange.request.headers.range ?? '') ?? [];
  const end = last === undefined ? content.size : Math.min(Number(last) + 1, content.size);
  if (end > content.bytes.length && !isWholeContent(content)) {
    sendStorageError(exchange, new StorageError(501, 'NotImplemented', 'The simulator keeps no bytes of large files.'));
  } else if (last === undefined) {
    exchange.send(200, contentType, content.bytes);
  } else {
    const range = { 'content-range': `bytes 0-${end - 1}/${content.size}` };
    exchange.send(206, contentType, content.bytes.subarray(0, end), range);
  }
}
