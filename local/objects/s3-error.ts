import type { ServerResponse } from 'node:http';

/** A refusal in S3's own words. */
export class S3Error extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What S3 says of an object that is not there to those who may not list the bucket, as no function may. */
export function accessDenied(message = 'Access Denied'): S3Error {
  return new S3Error(403, 'AccessDenied', message);
}

/** Answers with the error as S3 writes it; without a body to those who have asked for a head only. */
export function sendError(response: ServerResponse, { status, code, message }: S3Error, withBody: boolean): void {
  const body = xml(`<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`);
  response.writeHead(status, { 'content-type': 'application/xml', connection: 'close' }).end(withBody ? body : '');
}

/** @param content well-formed. */
export function xml(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${content}`;
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
