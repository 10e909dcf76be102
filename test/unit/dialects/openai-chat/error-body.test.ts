import { describe, expect, it } from 'vitest';
import { TruncatedAnswerError } from '../../../../shared/chat/errors/answer-faults.ts';
import { InternalError } from '../../../../shared/chat/errors/internal-error.ts';
import { AuthenticationError, InvalidRequestError } from '../../../../shared/chat/errors/request-errors.ts';
import { errorWriters } from '../../../../shared/dialects/error-writers.ts';

const write = errorWriters['openai-chat'];

describe('OpenAI’s error envelope', () => {
  it('has four fields, and null for a field that is to blame', () => {
    expect(write(new AuthenticationError('No key.'), 'request-1')).toEqual({
      error: { message: 'No key.', type: 'authentication_error', param: null, code: expect.any(String) },
    });
  });

  it('names the field', () => {
    const error = new InvalidRequestError('Wrong.', { param: 'tools[0].type' });
    expect(write(error, 'request-1')).toMatchObject({
      error: { type: 'invalid_request_error', param: 'tools[0].type' },
    });
  });

  it.each([new InternalError(new Error('x')), new TruncatedAnswerError('It broke off.')])(
    'calls what is no fault of the request a server_error: %s',
    (error) => {
      expect(write(error, 'request-1')).toMatchObject({ error: { type: 'server_error', code: error.code } });
    },
  );
});
