import { describe, expect, it } from 'vitest';
import { QuotaExhaustedError, RateLimitedError } from '../../../../shared/chat/errors/account-faults.ts';
import { StalledAnswerError, TruncatedAnswerError } from '../../../../shared/chat/errors/answer-faults.ts';
import type { GatewayError } from '../../../../shared/chat/errors/gateway-error.ts';
import { InternalError } from '../../../../shared/chat/errors/internal-error.ts';
import {
  AuthenticationError,
  ContextTooLongError,
  InvalidRequestError,
  MethodNotAllowedError,
  ModelNotFoundError,
  PayloadTooLargeError,
  PermissionDeniedError,
} from '../../../../shared/chat/errors/request-errors.ts';
import { errorWriters } from '../../../../shared/dialects/error-writers.ts';

describe('an error in Anthropic’s envelope', () => {
  it.each<[string, GatewayError]>([
    ['invalid_request_error', new InvalidRequestError('x')],
    ['invalid_request_error', new MethodNotAllowedError('x')],
    ['authentication_error', new AuthenticationError('x')],
    ['permission_error', new PermissionDeniedError('x')],
    ['not_found_error', new ModelNotFoundError('x')],
    ['request_too_large', new PayloadTooLargeError('x')],
    ['rate_limit_error', new RateLimitedError('x')],
    ['rate_limit_error', new QuotaExhaustedError('x')],
    ['api_error', new TruncatedAnswerError('x')],
    ['timeout_error', new StalledAnswerError('x')],
    ['api_error', new InternalError(new Error('x'))],
  ])('is a %s: %s', (type, error) => {
    expect(errorWriters.anthropic(error, 'request-1')).toEqual({
      type: 'error',
      error: { type, message: error.message },
      request_id: 'request-1',
    });
  });
});

describe('a conversation that is too long', () => {
  const error = new ContextTooLongError({ tokens: 40_000, limit: 29_000 });

  it('is a bad request that repeating does not cure', () => {
    expect(error).toMatchObject({ status: 400, shouldRetry: false, code: 'context_length_exceeded' });
  });

  it('is told in the words on which each kind of agent makes room', () => {
    expect(errorWriters.anthropic(error, 'r')).toMatchObject({
      error: { type: 'invalid_request_error', message: 'prompt is too long: 40000 tokens > 29000 maximum' },
    });
    expect(errorWriters.gemini(error, 'r')).toMatchObject({
      error: {
        code: 400,
        status: 'INVALID_ARGUMENT',
        message: 'The input token count (40000) exceeds the maximum number of tokens allowed (29000).',
      },
    });
    for (const name of ['openai-chat', 'openai-responses', 'native'] as const) {
      expect(errorWriters[name](error, 'r')).toMatchObject({
        error: {
          type: 'invalid_request_error',
          code: 'context_length_exceeded',
          param: 'messages',
          message: expect.stringMatching(/^This model's maximum context length is 29000 tokens\. However, .*40000/),
        },
      });
    }
  });

  it('is never told in words of a rate limit', () => {
    for (const write of Object.values(errorWriters)) {
      expect(JSON.stringify(write(error, 'r'))).not.toMatch(/rate limit|too many requests/i);
    }
  });
});
