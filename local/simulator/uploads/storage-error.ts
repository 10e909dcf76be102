import type { Exchange } from '../http/exchange.ts';
import { storageCredentials } from './storage-credentials.ts';

/** A refusal of the storage. */
export class StorageError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Sends a refusal in the storage's own form (qwen-web §6.2). */
export function sendStorageError(exchange: Exchange, { status, code, message }: StorageError): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n  <Code>${code}</Code>\n  <Message>${message}</Message>\n  <RequestId>${exchange.requestId}</RequestId>\n  <HostId>${storageCredentials.bucket}.oss-accelerate.aliyuncs.com</HostId>\n</Error>\n`;
  exchange.send(status, 'application/xml', body);
}
