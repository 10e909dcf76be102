import { GatewayError } from '../chat/errors/gateway-error.ts';
import { InvalidRequestError } from '../chat/errors/request-errors.ts';

/** No such video, or another key's, or a deleted one. */
export class VideoNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly code = 'video_not_found';

  constructor(id: string) {
    super(`There is no video '${id.slice(0, 100)}' of this key. GET /v1/videos lists them.`, { param: 'video_id' });
  }
}

/** The video is still being made. */
export class VideoNotReadyError extends InvalidRequestError {
  override readonly status = 409;
  override readonly code = 'video_not_ready';

  constructor() {
    super('The video is not finished yet. Ask GET /v1/videos/{id} until its status is completed.', {
      param: 'video_id',
      retryAfterSeconds: 5,
    });
  }
}

/** There will be no video: its making failed. */
export class VideoFailedError extends InvalidRequestError {
  override readonly code = 'video_failed';
}

/** The video is over: the owner's bucket and the upstream keep it for a while only. */
export class VideoExpiredError extends InvalidRequestError {
  override readonly status = 410;
  override readonly code = 'video_expired';
}

const statusOfFailure: Readonly<Record<string, number>> = {
  content_filter: 400,
  insufficient_quota: 429,
  timed_out: 504,
};

/** Told to whoever waits for a video that failed. */
export class VideoJobError extends GatewayError {
  override readonly status: number;
  override readonly type = 'api_error';
  override readonly code: string;
  override readonly shouldRetry = false;

  constructor({ code, message }: { readonly code: string; readonly message: string }) {
    super(message);
    this.code = code;
    this.status = statusOfFailure[code] ?? 502;
  }
}

/** The video takes longer than its caller can be kept waiting. It is made all the same. */
export class VideoLateError extends GatewayError {
  override readonly status = 504;
  override readonly type = 'api_error';
  override readonly code = 'video_late';
  override readonly shouldRetry = false;

  constructor(id: string) {
    super(`The video is still being made. Ask for it later: GET /v1/videos/${id}.`);
  }
}
