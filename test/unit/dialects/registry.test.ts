import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DialectName } from '../../../shared/chat/dialect.ts';
import { RateLimitedError } from '../../../shared/chat/errors/account-faults.ts';
import { TruncatedAnswerError } from '../../../shared/chat/errors/answer-faults.ts';
import { ModelNotFoundError } from '../../../shared/chat/errors/request-errors.ts';
import { dialects } from '../../../shared/dialects/registry.ts';
import { routes } from '../../../shared/routes.ts';
import { batches, identity, records, streamPieces } from './answer-server.ts';
import { recordedAnswers } from './recorded-answers.ts';

const settings = { outputThinking: true, searchInfoMode: 'annotations', defaultModel: 'qwen3.7-plus' } as const;
const folder = new URL('../../../shared/dialects/', import.meta.url);
const names: readonly DialectName[] = ['openai-chat', 'native'];
const request = { model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: true };

describe('the registry', () => {
  it('holds every dialect that a route speaks, and nothing else', () => {
    expect(Object.keys(dialects).toSorted()).toEqual(names.toSorted());
    for (const route of routes) expect(dialects).toHaveProperty(route.dialect);
  });

  it('has a folder for each dialect and an entry for each folder', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  });
});

describe.each(names)('the dialect %s', (name) => {
  const { create, writeError } = dialects[name];
  const dialect = create(settings);

  it('has its files', () => {
    for (const file of [`${name}.ts`, 'read-request.ts']) {
      expect(existsSync(new URL(`${name}/${file}`, folder)), file).toBe(true);
    }
  });

  it('knows no upstream and no account', () => {
    for (const file of readdirSync(new URL(`${name}/`, folder))) {
      const source = readFileSync(new URL(`${name}/${file}`, folder), 'utf8');
      expect(source, file).not.toMatch(/from '.*\/(upstreams|accounts|relay|store|http|functions)\//);
    }
  });

  it('bears its name', () => {
    expect(dialect.name).toBe(name);
  });

  it('reads a plain request', () => {
    const read = dialect.read(request);
    expect(read.stream).toBe(true);
    expect(read.request.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'hi' }] }]);
  });

  it('writes an error with status-independent fields', () => {
    const body = writeError(new ModelNotFoundError('There is no model x.', { param: 'model' }), 'request-1');
    expect(body).toEqual({
      error: { message: 'There is no model x.', type: 'not_found_error', param: 'model', code: 'model_not_found' },
    });
  });

  describe.each(Object.entries(recordedAnswers))('with a %s answer', (_kind, answer) => {
    const { options } = dialect.read(request);

    it('ends a stream with one finish reason and the terminator', async () => {
      const all = records((await streamPieces(dialect, batches(answer), options)).join(''));
      expect(all.at(-1)).toBe('[DONE]');
      expect(JSON.stringify(all).match(/"finish_reason":"/g)).toHaveLength(1);
    });

    it('says the same streamed and whole', async () => {
      const all = records((await streamPieces(dialect, batches(answer), options)).join(''));
      const whole = dialect.wholeWriter(identity, options);
      for (const batch of answer) whole.write(batch);
      expect(deltaTexts(all, 'content')).toBe(Reflect.get(messageOf(whole.body()), 'content'));
      expect(deltaTexts(all, 'reasoning_content')).toBe(
        Reflect.get(messageOf(whole.body()), 'reasoning_content') ?? '',
      );
    });

    it('ends a broken stream with an error and without the terminator', async () => {
      const failure = new RateLimitedError('Too many requests.');
      const all = records((await streamPieces(dialect, batches(answer), options, { failure })).join(''));
      expect(all.at(-1)).toEqual(writeError(failure, 'request-1'));
      expect(all).not.toContain('[DONE]');
    });

    it('never takes an answer without a finish for a good one', async () => {
      const cut = answer.slice(0, -1);
      const all = records((await streamPieces(dialect, batches(cut), options)).join(''));
      expect(all.at(-1)).toMatchObject({ error: { code: 'upstream_truncated' } });
      expect(all).not.toContain('[DONE]');
      const whole = dialect.wholeWriter(identity, options);
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
