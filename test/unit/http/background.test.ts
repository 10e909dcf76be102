import { describe, expect, it } from 'vitest';
import { Background } from '../../../shared/http/background.ts';
import { createLogger } from '../../../shared/logging/logger.ts';

describe('Background', () => {
  it('is settled when all work is, also work that work has added', async () => {
    const background = new Background(createLogger('info', () => {}));
    const done: string[] = [];
    background.add(
      'first',
      Promise.resolve().then(() => {
        done.push('first');
        background.add(
          'second',
          Promise.resolve().then(() => done.push('second')),
        );
      }),
    );
    await background.settled();
    expect(done).toEqual(['first', 'second']);
  });

  it('logs a failure and goes on', async () => {
    const lines: string[] = [];
    const background = new Background(createLogger('info', (line) => lines.push(line)));
    background.add('tidy chat', Promise.reject(new Error('no such chat')));
    await background.settled();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('tidy chat');
  });
});
