import type { ReadRequest } from '../chat/dialect.ts';
import { toGatewayError } from '../chat/errors/internal-error.ts';
import { UnsupportedParameterError } from '../chat/errors/request-errors.ts';
import type { ChatEvent } from '../chat/event.ts';
import { readIdempotencyKey } from '../chat/idempotency-key.ts';
import type { ChatRequest } from '../chat/request.ts';
import { eventStreamResponse, type HttpResponse, jsonResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import type { Job } from '../jobs/job.ts';
import type { VideoAnswerOptions, VideoAnswers } from '../relay/video-answers.ts';
import { describeTask, pollHeaders } from './describe-video.ts';
import { readPrompt } from './read-prompt.ts';
import { VideoJobError, VideoLateError } from './video-errors.ts';
import type { VideoLink } from './video-links.ts';
import type { VideoService } from './video-service.ts';
import { waitWithin } from './wait-within.ts';

const usualShape = '16:9';
/** Milliseconds that are kept for telling the caller. */
const reserve = 10_000;

/**
 * Answers chats that ask for a video: orders one, as the videos API does, and waits for it. The video is made also when its
 * caller leaves, who finds it under its id in `x-video-id`.
 */
export class ChatVideos implements VideoAnswers {
  readonly #videos: VideoService;
  readonly #idleAfter: number;

  /** @param idleAfter milliseconds of silence after which an open stream gets an empty event. */
  constructor(videos: VideoService, idleAfter: number) {
    this.#videos = videos;
    this.#idleAfter = idleAfter;
  }

  async answer(read: ReadRequest, call: Call, options: VideoAnswerOptions): Promise<HttpResponse> {
    const { request, waitForVideo, webhookUrl, stream } = read;
    const job = await this.#videos.order(call, {
      model: request.model,
      prompt: promptOf(request),
      aspectRatio: request.aspectRatio ?? usualShape,
      webhookUrl,
      idempotencyKey: readIdempotencyKey(call.headers),
    });
    call.note({ video: job.key.id, model: job.request.upstreamModel, stream });
    const headers = { 'x-qwen-model': job.request.upstreamModel, 'x-video-id': job.key.id };
    if (waitForVideo === false)
      return jsonResponse(describeTask(job, undefined), 202, { ...headers, ...pollHeaders(job) });
    return stream ? this.#stream(read, call, job, headers, options) : this.#whole(read, call, job, headers, options);
  }

  async #whole(
    read: ReadRequest,
    call: Call,
    ordered: Job,
    headers: Readonly<Record<string, string>>,
    { id, beforeEnd }: VideoAnswerOptions,
  ): Promise<HttpResponse> {
    const job = await waitWithin(this.#videos, ordered, call);
    const writer = read.wholeWriter(identityOf(read, call, ordered, id));
    const link = await this.#videos.linkOf(job);
    writer.write(eventsOf(job, link));
    const body = writer.body();
    await beforeEnd?.();
    // The native form names the video beside the text that shows it.
    const named = read.waitForVideo === undefined ? {} : { video_url: link?.url, task_id: job.key.id };
    return jsonResponse({ ...body, ...named }, 200, headers);
  }

  #stream(
    read: ReadRequest,
    call: Call,
    ordered: Job,
    headers: Readonly<Record<string, string>>,
    { id, beforeEnd }: VideoAnswerOptions,
  ): HttpResponse {
    const writer = read.streamWriter(identityOf(read, call, ordered, id));
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), Math.max(0, call.remainingMilliseconds() - reserve));
    const videos = this.#videos;
    const type = writer.contentType === undefined ? {} : { 'content-type': writer.contentType };
    return eventStreamResponse(
      {
        pieces: pieces(),
        idle: () => writer.idle(),
        idleAfter: this.#idleAfter,
        abandon: () => controller.abort(),
      },
      { ...headers, ...type },
    );

    async function* pieces(): AsyncGenerator<string, void, undefined> {
      yield writer.open() || writer.idle();
      try {
        let last = ordered;
        for await (const job of videos.follow(ordered, controller.signal)) {
          if (job !== ordered) yield writer.idle();
          last = job;
        }
        yield writer.write(eventsOf(last, await videos.linkOf(last)));
        await beforeEnd?.();
        yield writer.close();
      } catch (error) {
        call.note({ brokenBy: error });
        yield writer.fail(toGatewayError(error));
      } finally {
        clearTimeout(timer);
      }
    }
  }
}

/** @throws VideoJobError when there will be no video, VideoLateError when it is not there yet. */
function eventsOf({ key, failure }: Job, link: VideoLink | undefined): readonly ChatEvent[] {
  if (failure !== undefined) throw new VideoJobError(failure);
  if (link === undefined) throw new VideoLateError(key.id);
  return [
    { type: 'video', url: link.url },
    { type: 'finish', reason: 'stop' },
  ];
}

/** The last message's words. @throws InvalidRequestError when there are none, UnsupportedParameterError for pictures. */
function promptOf({ messages }: ChatRequest): string {
  const content = messages.findLast((message) => message.role === 'user')?.content ?? [];
  const medium = content.find((part) => part.type !== 'text');
  if (medium !== undefined) {
    throw new UnsupportedParameterError('Videos are made from words only: leave pictures and files out.', {
      param: 'messages',
    });
  }
  return readPrompt(content.map((part) => (part.type === 'text' ? part.text : '')).join('\n'), 'messages');
}

function identityOf(read: ReadRequest, call: Call, { createdAt }: Job, id: string) {
  return { id, createdAt: Math.floor(createdAt / 1000), model: read.request.model, requestId: call.requestId };
}
