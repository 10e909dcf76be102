import type { CallMeter } from '../chat/call-meter.ts';
import { UnsupportedParameterError } from '../chat/errors/request-errors.ts';
import type { Caller } from '../http/invocation.ts';
import { requireGroup } from '../http/require-group.ts';
import { awaitJob, followJob } from '../jobs/await-job.ts';
import type { CreateJob } from '../jobs/create-job.ts';
import type { Job, JobRequest } from '../jobs/job.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { ResolvedModel } from '../models/model-name.ts';
import type { ModelNames } from '../models/model-names.ts';
import type { WebhookOrders } from '../webhooks/webhook-orders.ts';
import { describeVideo } from './describe-video.ts';
import { secondsOf } from './settle-video.ts';
import { VideoNotFoundError } from './video-errors.ts';
import type { VideoLink, VideoLinks } from './video-links.ts';

export interface VideoServiceOptions {
  readonly store: JobStore;
  readonly createJob: CreateJob;
  readonly links: VideoLinks;
  readonly modelNames: Pick<ModelNames, 'find'>;
  readonly webhooks: Pick<WebhookOrders, 'urlFor'>;
  /** Of requests that name none, or OpenAI's own. */
  readonly defaultModel: string;
}

/** A video as a client asks for it. */
export interface VideoOrder extends Omit<JobRequest, 'model' | 'upstreamModel'> {
  readonly model: string | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** OpenAI's own models, which mean: whatever makes videos here. */
const openAiModel = /^sora-\d/i;

/** What all ways to a video share: the videos API, the native form, and chats with a model for videos. */
export class VideoService {
  readonly #options: VideoServiceOptions;

  constructor(options: VideoServiceOptions) {
    this.#options = options;
  }

  /**
   * Orders a video. From then on it is made, whoever leaves.
   *
   * @throws InvalidRequestError for what can't be made; PermissionDeniedError; InvalidWebhookError; IdempotencyConflictError; VideoNotFoundError when
   *   the key's video was deleted; LimitExceededError; StoreUnavailableError
   */
  async order(
    { caller, meter }: { readonly caller: Caller; readonly meter?: CallMeter },
    { model: asked, idempotencyKey, ...order }: VideoOrder,
  ): Promise<Job> {
    refuseBroughtTokens(caller);
    requireGroup(caller, 'videos');
    const { defaultModel, modelNames, createJob, webhooks } = this.#options;
    const model = asked ?? defaultModel;
    const upstreamModel = modelFor(
      await modelNames.find(openAiModel.test(model) ? defaultModel : model, caller),
      model,
    );
    const request = { ...order, model, upstreamModel };
    const webhookUrl = await webhooks.urlFor(order.webhookUrl);
    meter?.describe({ model, target: upstreamModel });
    const videoSeconds = secondsOf(request);
    const job = await createJob({ callerId: caller.id, request, idempotencyKey, webhookUrl, meter, videoSeconds });
    // It is the job that is charged, once, however many ask for it.
    meter?.leave();
    if (job === undefined) throw new VideoNotFoundError('of this Idempotency-Key');
    return job;
  }

  /** @throws VideoNotFoundError, StoreUnavailableError */
  async find(caller: Caller, id: string): Promise<Job> {
    const job = await this.#options.store.find({ callerId: caller.id, id });
    if (job === undefined) throw new VideoNotFoundError(id);
    return job;
  }

  /** Where the video can be had: made anew each time, because such links end. */
  linkOf(job: Job): Promise<VideoLink | undefined> {
    return this.#options.links.of(job);
  }

  /** The job in OpenAI's form. */
  async describe(job: Job): Promise<object> {
    return describeVideo(job, await this.linkOf(job));
  }

  /** Waits for the end. @returns the job as it was last, when `signal` was aborted before. */
  whenOver(job: Job, signal: AbortSignal): Promise<Job> {
    return awaitJob(this.#options.store, job, signal);
  }

  /** The job now and after each change. */
  follow(job: Job, signal: AbortSignal): AsyncIterable<Job> {
    return followJob(this.#options.store, job, signal);
  }
}

/** Tokens that a caller brings are kept nowhere, so nobody could ask after the video later. */
function refuseBroughtTokens({ tokens }: Caller): void {
  if (tokens === undefined) return;
  throw new UnsupportedParameterError(
    'Videos need a gateway key: tokens in a request serve that request only, and a video takes minutes.',
  );
}

function modelFor({ model, features }: ResolvedModel, name: string): string {
  const isForVideos = features.output === 'text' || features.output === 'video';
  if (isForVideos && model.capabilities.video) return model.id;
  throw new UnsupportedParameterError(`The model ${name.slice(0, 100)} makes no videos. Ask one that does.`, {
    param: 'model',
  });
}
