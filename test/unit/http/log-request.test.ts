import { expect, it } from 'vitest';
import { logRequest } from '../../../shared/http/log-request.ts';
import { createLogger } from '../../../shared/logging/logger.ts';

it.each([
  [{}, 'info'],
  [{ brokenBy: new Error('cut') }, 'warn'],
])('an answer with the facts %j is told as %s', (facts, level) => {
  const lines: string[] = [];
  const http = { method: 'POST', path: '/v1/chat/completions' };
  const invocation = { event: { requestContext: { http } }, requestId: 'id', startedAt: 0, facts };
  logRequest(
    createLogger('info', (line) => lines.push(line)),
    Object.assign(Object.create(null), invocation),
    200,
  );
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level, message: 'request', requestId: 'id', status: 200 });
});
