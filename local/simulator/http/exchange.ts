import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JournalEntry } from '../control/journal.ts';
import { type ErrorFormName, type ErrorFormParameters, writeErrorForm } from '../faults/error-forms.ts';
import type { FaultRule } from '../faults/fault-rule.ts';
import { spacedJson } from '../json-spacing.ts';
import type { Content } from '../uploads/read-content.ts';

/** What is known of a request before it is answered. */
export interface ExchangeParts {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: string;
  /** Empty for files on their way to the storage. */
  readonly bytes: Buffer;
  /** A file on its way to the storage. */
  readonly content?: Content | undefined;
  /** The parsed JSON body, `undefined` for other kinds. */
  readonly body: unknown;
  readonly parameters: Readonly<Record<string, string>>;
  readonly entry: JournalEntry;
  /** The fault to weave into the answer. */
  readonly fault: FaultRule | undefined;
}

/** One request and its answer. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly bytes: Buffer;
  readonly content: Content | undefined;
  readonly body: unknown;
  readonly parameters: Readonly<Record<string, string>>;
  readonly entry: JournalEntry;
  readonly fault: FaultRule | undefined;
  /** The upstream's own id of the request, in the head and in JSON envelopes. */
  readonly requestId: string = randomUUID();

  constructor(parts: ExchangeParts) {
    this.request = parts.request;
    this.response = parts.response;
    this.path = parts.path;
    this.query = new URLSearchParams(parts.query);
    this.bytes = parts.bytes;
    this.content = parts.content;
    this.body = parts.body;
    this.parameters = parts.parameters;
    this.entry = parts.entry;
    this.fault = parts.fault;
  }

  /** Sends a whole answer. */
  send(
    status: number,
    contentType: string,
    body: string | Buffer,
    headers: Readonly<Record<string, string | string[]>> = {},
  ): void {
    this.entry.status = status;
    this.response.writeHead(status, { 'content-type': contentType, 'x-request-id': this.requestId, ...headers });
    this.response.end(body);
  }

  sendJson(value: unknown, status = 200, headers: Readonly<Record<string, string | string[]>> = {}): void {
    this.send(status, 'application/json; charset=utf-8', spacedJson(value), headers);
  }

  /** Sends the envelope of API v2. */
  sendSuccess(data: unknown, headers: Readonly<Record<string, string | string[]>> = {}): void {
    this.sendJson({ success: true, request_id: this.requestId, data }, 200, headers);
  }

  /** Sends one of the upstream's error forms. */
  sendError(name: ErrorFormName, parameters: ErrorFormParameters = {}): void {
    const form = writeErrorForm(name, this.requestId, parameters);
    this.send(form.status, form.contentType, form.body, form.headers);
  }
}
