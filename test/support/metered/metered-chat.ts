import { setImmediate as turn } from 'node:timers/promises';
import type { LeasedAccount } from '../../../shared/accounts/leased-account.ts';
import type { ChatEvent } from '../../../shared/chat/event.ts';
import type { UpstreamAnswer } from '../../../shared/chat/upstream.ts';
import { createOpenAiChat } from '../../../shared/dialects/openai-chat/openai-chat.ts';
import type { HttpResponse } from '../../../shared/http/http-response.ts';
import type { Call } from '../../../shared/http/invocation.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { AfterAnswer } from '../../../shared/relay/after-answer.ts';
import { Attempts } from '../../../shared/relay/attempts.ts';
import { ChatJob } from '../../../shared/relay/chat-job.ts';
import { startDeadline } from '../../../shared/relay/deadline.ts';
import { meterAnswer } from '../../../shared/relay/metered-answer.ts';
import { respondStreamed } from '../../../shared/relay/respond-streamed.ts';
import { respondWhole } from '../../../shared/relay/respond-whole.ts';
import { model } from '../../unit/qwen-web/chat-request.ts';
import { finish, start } from '../chat-events.ts';

const dialect = createOpenAiChat({ outputThinking: false, searchInfoMode: 'text', conversationIds: 'off' });
const lease: LeasedAccount = {
  accountId: 'one',
  kind: 'chat',
  credentials: { token: 'a' },
  settle: async () => {},
  release: () => {},
  renew: () => Promise.reject(new Error('not to be called')),
};
const never = () => Promise.reject(new Error('not to be called'));

/** An answer as a test wants it. */
export interface Script {
  readonly promptTokens: number;
  /** Tokens of the whole answer; each is a word. */
  readonly tokens: number;
  /** Whether the upstream counts them. */
  readonly counts: boolean;
  /** Thrown after so many tokens. */
  readonly failure?: { readonly after: number; readonly error: Error };
}

/** Tokens in one read from the network. */
const perBatch = 200;

async function* eventsOf({ promptTokens, tokens, counts, failure }: Script): AsyncGenerator<readonly ChatEvent[]> {
  yield [start];
  for (let done = 0; done < tokens; done += perBatch) {
    if (failure !== undefined && done >= failure.after) throw failure.error;
    await turn();
    const size = Math.min(perBatch, tokens - done);
    const usage = { inputTokens: promptTokens, outputTokens: done + size, totalTokens: promptTokens + done + size };
    yield [{ type: 'text-delta', text: 'word'.repeat(size) }, ...(counts ? [{ type: 'usage', usage } as const] : [])];
  }
  yield [finish];
}

function answerOf(script: Script): UpstreamAnswer {
  return { chatId: 'chat', ownsChat: false, events: eventsOf(script), stop: async () => {} };
}

/** Serves a chat as the gateway does, from reading its body on, with an upstream of the test's own. */
export async function serveChat(call: Call, script: Script): Promise<HttpResponse> {
  const read = dialect.read(call.body, call);
  const deadline = startDeadline(600_000);
  call.meter?.describe({ model: read.request.model, stream: read.stream, target: model.id });
  const upstream = { callsTools: true, chat: async () => answerOf(script), upload: never, confirmUpload: never };
  const { beforeEnd, ...meter } = meterAnswer(read.request, 'chat', call, {}, deadline);
  const after = new AfterAnswer({
    upstream: { deleteChat: async () => {} },
    background: call.background,
    keepChats: false,
    ...(beforeEnd && { beforeEnd }),
  });
  const job = new ChatJob({
    request: { ...read.request, target: model, features: { thinking: false, search: false } },
    upstream,
    callFormat: 'bracket',
    media: { open: async () => ({ uploadTo: async () => new Map(), hold: never }) },
    attempts: new Attempts({ lease: async () => lease }, createLogger('error')),
    context: { requestId: call.requestId, signal: deadline.signal },
    after,
    deadline,
    note: call.note,
    ...meter,
  });
  const identity = { id: 'a', createdAt: 0, model: read.request.model, requestId: call.requestId };
  return read.stream
    ? respondStreamed(job, () => read.streamWriter(identity), { holdFor: 60_000, idleAfter: 60_000 })
    : respondWhole(job, () => read.wholeWriter(identity));
}
