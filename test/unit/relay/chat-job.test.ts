import { describe, expect, it } from 'vitest';
import type { LeasedAccount } from '../../../shared/accounts/leased-account.ts';
import type { Thread } from '../../../shared/chat/request.ts';
import type { ToolUse } from '../../../shared/chat/tool.ts';
import type { UpstreamAnswer } from '../../../shared/chat/upstream.ts';
import { AccountFiles } from '../../../shared/files/account-files.ts';
import { MediaReader } from '../../../shared/files/media-reader.ts';
import { UploadRows } from '../../../shared/files/upload-rows.ts';
import { WebFetcher } from '../../../shared/files/web-fetcher.ts';
import { Background } from '../../../shared/http/background.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { AfterAnswer } from '../../../shared/relay/after-answer.ts';
import { Attempts } from '../../../shared/relay/attempts.ts';
import { ChatJob } from '../../../shared/relay/chat-job.ts';
import { startDeadline } from '../../../shared/relay/deadline.ts';
import { RequestMedia } from '../../../shared/relay/request-media.ts';
import { eventsOf, finish, start, text } from '../../support/chat-events.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { chatRequest } from '../qwen-web/chat-request.ts';

const broken = '[tool_call]\n{"name": "nobody_declared_this", "arguments": {}}\n[/tool_call]';
const tool = { name: 'look', description: '', parameters: {}, input: 'json' } as const;
const tools: ToolUse = { definitions: [tool], choice: { type: 'auto' }, parallel: true };
const lease: LeasedAccount = {
  accountId: 'one',
  kind: 'chat',
  credentials: { token: 'a' },
  settle: async () => {},
  release: () => {},
  renew: () => Promise.reject(new Error('not to be called')),
};
const never = () => Promise.reject(new Error('not to be called'));

/** An upstream whose first answer holds a broken call. What happens goes into `log`. */
function upstreamWith(log: string[]) {
  const stopping = Promise.withResolvers<void>();
  const began = Promise.withResolvers<void>();
  const answer = (words: string): UpstreamAnswer => ({
    chatId: 'chat',
    ownsChat: false,
    events: eventsOf([[start], [text(words)], [finish]]),
    stop: async () => {
      log.push('stopping');
      began.resolve();
      await stopping.promise;
      log.push('stopped');
    },
  });
  const chat = async () => {
    log.push('asked');
    return answer(log.filter((entry) => entry === 'asked').length === 1 ? broken : 'Well.');
  };
  return {
    stopping,
    began: began.promise,
    upstream: { callsTools: false, chat, upload: never, confirmUpload: never, deleteChat: async () => {} },
  };
}

function jobOf(upstream: ReturnType<typeof upstreamWith>['upstream'], thread?: Thread): ChatJob {
  const table = new MemoryTable();
  const files = new AccountFiles({ rows: new UploadRows(table, Date.now), onStoreError: () => {} });
  const deadline = startDeadline(60_000);
  return new ChatJob({
    request: chatRequest({ tools, ...(thread !== undefined && { thread }) }),
    upstream,
    callFormat: 'bracket',
    media: new RequestMedia({ upstream: { holds: () => true }, reader: new MediaReader(new WebFetcher()), files }),
    attempts: new Attempts({ lease: async () => lease }, createLogger('error')),
    context: { requestId: 'r', signal: deadline.signal, ...(thread !== undefined && { accountId: 'one' }) },
    after: new AfterAnswer({ upstream, background: new Background(createLogger('error')), keepChats: false }),
    deadline,
    note: () => {},
  });
}

const serve = (job: ChatJob) =>
  job.serve(async ({ events }) => {
    const said = (await Array.fromAsync(events)).flat();
    return said.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
  });

describe('an answer whose form was wrong', () => {
  it('within a chat is stopped before the chat is asked again', async () => {
    const log: string[] = [];
    const { upstream, stopping, began } = upstreamWith(log);
    const served = serve(jobOf(upstream, { chatId: 'chat', parentId: 'message' }));
    await began;
    expect(log).toEqual(['asked', 'stopping']);
    stopping.resolve();
    expect(await served).toBe('Well.');
    expect(log).toEqual(['asked', 'stopping', 'stopped', 'asked']);
  });

  it('in a chat of its own holds nobody up', async () => {
    const log: string[] = [];
    const { upstream } = upstreamWith(log);
    expect(await serve(jobOf(upstream))).toBe('Well.');
    expect(log).toEqual(['asked', 'stopping', 'asked']);
  });
});
