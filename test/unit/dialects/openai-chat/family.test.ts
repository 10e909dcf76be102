import { describe, expect, it } from 'vitest';
import { RateLimitedError } from '../../../../shared/chat/errors/account-faults.ts';
import { TruncatedAnswerError } from '../../../../shared/chat/errors/answer-faults.ts';
import { ModelNotFoundError } from '../../../../shared/chat/errors/request-errors.ts';
import { createNative } from '../../../../shared/dialects/native/native.ts';
import { writeOpenAiError } from '../../../../shared/dialects/openai-chat/error-body.ts';
import { createOpenAiChat } from '../../../../shared/dialects/openai-chat/openai-chat.ts';
import { plainContext } from '../../../support/request-context.ts';
import { batches, identity, records, streamPieces } from '../answer-server.ts';
import { recordedAnswers } from '../recorded-answers.ts';

const settings = { outputThinking: true, searchInfoMode: 'annotations', defaultModel: 'qwen3.7-plus' } as const;
const family = [createOpenAiChat(settings), createNative(settings)];
const request = { model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: true };

it('writes an error with all four fields', () => {
  expect(writeOpenAiError(new ModelNotFoundError('There is no model x.', { param: 'model' }))).toEqual({
    error: { message: 'There is no model x.', type: 'not_found_error', param: 'model', code: 'model_not_found' },
  });
});

describe.each(family)('the dialect $name', (dialect) => {
  it('reads a plain request', () => {
    const read = dialect.read(request, plainContext);
    expect(read.stream).toBe(true);
    expect(read.request.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'hi' }] }]);
  });

  describe.each(Object.entries(recordedAnswers))('with a %s answer', (_kind, answer) => {
    const read = dialect.read(request, plainContext);

    it('ends a stream with one finish reason and the terminator', async () => {
      const all = records((await streamPieces(read, batches(answer))).join(''));
      expect(all.at(-1)).toBe('[DONE]');
      expect(JSON.stringify(all).match(/"finish_reason":"/g)).toHaveLength(1);
    });

    it('says the same streamed and whole', async () => {
      const all = records((await streamPieces(read, batches(answer))).join(''));
      const whole = read.wholeWriter(identity);
      for (const batch of answer) whole.write(batch);
      expect(deltaTexts(all, 'content')).toBe(Reflect.get(messageOf(whole.body()), 'content'));
      expect(deltaTexts(all, 'reasoning_content')).toBe(
        Reflect.get(messageOf(whole.body()), 'reasoning_content') ?? '',
      );
    });

    it('ends a broken stream with an error and without the terminator', async () => {
      const failure = new RateLimitedError('Too many requests.');
      const all = records((await streamPieces(read, batches(answer), { failure })).join(''));
      expect(all.at(-1)).toEqual(writeOpenAiError(failure));
      expect(all).not.toContain('[DONE]');
    });

    it('never takes an answer without a finish for a good one', async () => {
      const cut = answer.slice(0, -1);
      const all = records((await streamPieces(read, batches(cut))).join(''));
      expect(all.at(-1)).toMatchObject({ error: { code: 'upstream_truncated' } });
      expect(all).not.toContain('[DONE]');
      const whole = read.wholeWriter(identity);
      for (const batch of cut) whole.write(batch);
      expect(() => whole.body()).toThrow(TruncatedAnswerError);
    });
  });
});

function deltaTexts(all: readonly unknown[], field: string): string {
  const wanted = new RegExp(`"delta":\\{[^{}]*"${field}":("(?:[^"\\\\]|\\\\.)*")`);
  return all.map((record) => JSON.parse(wanted.exec(JSON.stringify(record))?.[1] ?? '""')).join('');
}

function messageOf(body: object): object {
  const [choice] = Reflect.get(body, 'choices');
  return choice.message;
}
