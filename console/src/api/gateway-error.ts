/** What the gateway said no with, in its own words. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  /** HTTP status; 0 when there was no answer at all. */
  readonly status: number;
  /** As `account_not_found`; see docs/operations.md. */
  readonly code: string;
  /** The field or setting at fault, if one is. */
  readonly param: string | undefined;
  /** Finds the request in the log. */
  readonly requestId: string | undefined;

  constructor(message: string, facts: Omit<GatewayError, keyof Error>, options?: ErrorOptions) {
    super(message, options);
    this.status = facts.status;
    this.code = facts.code;
    this.param = facts.param;
    this.requestId = facts.requestId;
  }
}

/** Nobody answered, or the connection broke. */
export function unreachableError(cause: unknown): GatewayError {
  return new GatewayError(
    'The gateway does not answer.',
    { status: 0, code: 'unreachable', param: undefined, requestId: undefined },
    { cause },
  );
}

/** Reads an answer that is an error. What is not in the gateway's form comes from something before it. */
export async function readGatewayError(response: Response): Promise<GatewayError> {
  const { status, headers } = response;
  const requestId = headers.get('x-request-id') ?? undefined;
  return readErrorBody(await response.json().catch(() => undefined), status, requestId);
}

/** Reads an error that came within a stream, or as the body of an answer. */
export function readErrorBody(body: unknown, status = 200, requestId?: string): GatewayError {
  const error = errorOf(body);
  const message = textOf(error, 'message') ?? `The answer is ${status}.`;
  const code = textOf(error, 'code') ?? textOf(error, 'type') ?? `http_${status}`;
  return new GatewayError(message, { status, code, param: textOf(error, 'param'), requestId });
}

/** An answer ended without having come to its end. */
export function brokenError(): GatewayError {
  return new GatewayError('The answer broke off.', {
    status: 200,
    code: 'broken_off',
    param: undefined,
    requestId: undefined,
  });
}

function errorOf(body: unknown): object | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  return 'error' in body && typeof body.error === 'object' && body.error !== null ? body.error : body;
}

function textOf(error: object | undefined, name: string): string | undefined {
  const value: unknown = error === undefined ? undefined : Reflect.get(error, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
