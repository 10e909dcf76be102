import type { AccountSource, LeasedAccount } from '../../../shared/accounts/leased-account.ts';
import { ChatGoneError } from '../../../shared/chat/errors/answer-faults.ts';
import type { FoundVideo, VideoState, VideoUpstream } from '../../../shared/chat/video-upstream.ts';
import { createCreateJob } from '../../../shared/jobs/create-job.ts';
import { JobClaims } from '../../../shared/jobs/job-claims.ts';
import { newJobId } from '../../../shared/jobs/job-id.ts';
import type { JobRun } from '../../../shared/jobs/job-runs.ts';
import { JobStore } from '../../../shared/jobs/job-store.ts';
import { OpenJobs } from '../../../shared/jobs/open-jobs.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { Calendar } from '../../../shared/metering/calendar.ts';
import { Metering } from '../../../shared/metering/metering.ts';
import { Attempts } from '../../../shared/relay/attempts.ts';
import type { VideoCopies } from '../../../shared/videos/video-work.ts';
import { createVideoWorker } from '../../../shared/videos/video-worker.ts';
import type { Delivery } from '../../../shared/webhooks/webhook-sender.ts';
import { MemoryTable } from '../../support/memory-table.ts';

export const callerId = 'key-1';
export const request = {
  model: 'qwen3.7-plus',
  upstreamModel: 'qwen3.7-plus',
  prompt: 'A paper boat',
  aspectRatio: '16:9',
} as const;

/** A site that does what a test says. */
export class ScriptedSite implements VideoUpstream {
  readonly chats: string[] = [];
  /** Chats in which a video was asked for. */
  readonly asked: string[] = [];
  readonly deleted: string[] = [];
  polls = 0;
  onCreate: () => string | undefined = () => 'task-1';
  onPoll: (poll: number) => VideoState = () => ({ type: 'succeeded', url: 'https://cdn.test/a.mp4' });
  onFind: () => FoundVideo = () => ({ isAsked: this.asked.length > 0 });

  async createVideoChat(): Promise<string> {
    this.chats.push(`chat-${this.chats.length + 1}`);
    return `chat-${this.chats.length}`;
  }

  async createVideo(chatId: string): Promise<string | undefined> {
    const taskId = this.onCreate();
    this.asked.push(chatId);
    return taskId;
  }

  async videoState(): Promise<VideoState> {
    this.polls += 1;
    return this.onPoll(this.polls);
  }

  async findVideo(): Promise<FoundVideo> {
    return this.onFind();
  }
}

/** Accounts that are always free, until they are gone. */
export class FreeAccounts implements AccountSource {
  readonly ids = ['a', 'b', 'c'];
  readonly outcomes: unknown[] = [];

  async lease(kind: LeasedAccount['kind'], options: Parameters<AccountSource['lease']>[1]): Promise<LeasedAccount> {
    const { accountId, exclude } = options;
    const id = this.ids.find(
      (known) => (accountId === undefined || known === accountId) && exclude?.has(known) !== true,
    );
    if (id === undefined) throw new ChatGoneError('gone');
    const lease: LeasedAccount = {
      accountId: id,
      kind,
      credentials: { token: id },
      settle: async (outcome) => {
        this.outcomes.push(outcome);
      },
      release: () => undefined,
      renew: async () => lease,
    };
    return lease;
  }
}

/** What was sent to an owner's server. */
interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A server of an owner that answers as a test says. */
export class ScriptedReceiver {
  readonly sent: Sent[] = [];
  key: Buffer | undefined = Buffer.alloc(32, 1);
  onSend: (count: number) => Delivery | Promise<Delivery> = () => ({ type: 'delivered' });

  async send(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Delivery> {
    this.sent.push({ url, headers, body });
    return this.onSend(this.sent.length);
  }
}

/**
 * Everything that makes videos, on a table in memory and a site of the test's own.
 *
 * @param now epoch milliseconds.
 * @param copies nothing is copied when absent.
 */
export function openVideoWork(now: () => number, copies?: VideoCopies) {
  const table = new MemoryTable();
  const store = new JobStore({ table, keepDays: 30, now });
  const open = new OpenJobs(table, store);
  const site = new ScriptedSite();
  const receiver = new ScriptedReceiver();
  const accounts = new FreeAccounts();
  const logger = createLogger('error');
  const metering = new Metering({ table, calendar: new Calendar('UTC'), logger, longestJob: 100 * 60_000, now });
  const started: JobRun[] = [];
  const work = createVideoWorker({
    store,
    open,
    upstream: site,
    attempts: new Attempts(accounts, logger),
    deleteChat: async (chatId) => void site.deleted.push(chatId),
    logger,
    metering,
    now,
    copies,
    times: { pollSeconds: 5, limit: 30 * 60_000, queueLimit: 10 * 60_000, findPause: 0 },
    webhooks: { sender: receiver, key: async () => receiver.key, retrySeconds: 10 },
  });
  const runs = {
    start: async (run: JobRun) => {
      started.push(run);
      return true;
    },
  };
  const createJob = createCreateJob({ store, open, claims: new JobClaims(table, now), runs, logger, now });
  const key = { callerId, id: newJobId(now()) };
  /** One step of the job, as the state machine asks for it. */
  const step = (looks = 0, act: 'step' | 'give-up' = 'step') =>
    work({ act, callerId, jobId: key.id, looks }, AbortSignal.timeout(60_000));
  const begin = async (webhookUrl?: string) => {
    await open.add(key);
    await store.create(key, request, webhookUrl);
  };
  return { table, store, open, site, accounts, receiver, work, key, step, begin, createJob, started, metering };
}
