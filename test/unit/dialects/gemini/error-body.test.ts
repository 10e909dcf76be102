import { describe, expect, it } from 'vitest';
import { PoolQuotaError } from '../../../../shared/accounts/no-account-errors.ts';
import { QuotaExhaustedError, RateLimitedError } from '../../../../shared/chat/errors/account-faults.ts';
import { StalledAnswerError, TruncatedAnswerError } from '../../../../shared/chat/errors/answer-faults.ts';
import type { GatewayError } from '../../../../shared/chat/errors/gateway-error.ts';
import { InternalError } from '../../../../shared/chat/errors/internal-error.ts';
import {
  AuthenticationError,
  ContextTooLongError,
  InvalidRequestError,
  ModelNotFoundError,
  PayloadTooLargeError,
  PermissionDeniedError,
} from '../../../../shared/chat/errors/request-errors.ts';
import { errorWriters } from '../../../../shared/dialects/error-writers.ts';

const write = (error: GatewayError) => errorWriters.gemini(error, 'request-1');
const type = (name: string) => `type.googleapis.com/google.rpc.${name}`;

describe('Google’s error envelope', () => {
  it.each([
    [new InvalidRequestError('x'), 400, 'INVALID_ARGUMENT'],
    [new AuthenticationError('x'), 401, 'UNAUTHENTICATED'],
    [new PermissionDeniedError('x'), 403, 'PERMISSION_DENIED'],
    [new ModelNotFoundError('x'), 404, 'NOT_FOUND'],
    [new PayloadTooLargeError('x'), 413, 'INVALID_ARGUMENT'],
    [new RateLimitedError('x'), 429, 'RESOURCE_EXHAUSTED'],
    [new TruncatedAnswerError('x'), 502, 'UNAVAILABLE'],
    [new StalledAnswerError('x'), 504, 'DEADLINE_EXCEEDED'],
  ])('%s has code %d and status %s', (error, code, status) => {
    expect(write(error)).toMatchObject({
      error: { code, status, message: 'x', details: [{ '@type': type('ErrorInfo'), reason: error.code }] },
    });
  });

  it('tells nothing of what failed within', () => {
    const text = JSON.stringify(write(new InternalError(new Error('secret'))));
    expect(text).toContain('INTERNAL');
    expect(text).not.toContain('secret');
  });

  it('names the field', () => {
    expect(write(new InvalidRequestError('Bad.', { param: 'contents[0]' }))).toMatchObject({
      error: { details: [{}, { '@type': type('BadRequest'), fieldViolations: [{ field: 'contents[0]' }] }] },
    });
  });

  it('calls the conversation by Google’s name, in the words on which agents make room', () => {
    const error = new ContextTooLongError({ tokens: 9000, limit: 8000 });
    const message = 'The input token count (9000) exceeds the maximum number of tokens allowed (8000).';
    expect(write(error)).toMatchObject({
      error: {
        code: 400,
        status: 'INVALID_ARGUMENT',
        message,
        details: [{}, { fieldViolations: [{ field: 'contents', description: message }] }],
      },
    });
  });

  it('tells when to try again', () => {
    expect(write(new RateLimitedError('x', { retryAfterSeconds: 1.2 }))).toMatchObject({
      error: { details: [{}, { '@type': type('RetryInfo'), retryDelay: '2s' }] },
    });
    expect(JSON.stringify(write(new RateLimitedError('x')))).not.toContain('Quota');
  });

  it.each([[new QuotaExhaustedError('x')], [new PoolQuotaError('x', { retryAfterSeconds: 3600 })]])(
    'makes Gemini CLI stop at a used-up quota: %s',
    (error) => {
      const { error: written } = JSON.parse(JSON.stringify(write(error)));
      const failure = written.details.find((detail: { '@type': string }) => detail['@type'] === type('QuotaFailure'));
      expect(failure.violations[0].quotaId).toContain('PerDay');
    },
  );
});
