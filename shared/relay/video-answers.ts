import type { ReadRequest } from '../chat/dialect.ts';
import type { HttpResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';

/** What a video answers, beside what its request says. */
export interface VideoAnswerOptions {
  /** Of the answer. */
  readonly id: string;
  /** Is waited for when the video is there, before its caller hears the end. */
  readonly beforeEnd?: () => Promise<void>;
}

/** Answers requests whose model's name, or chat type, asks for a video. */
export interface VideoAnswers {
  /** @throws GatewayError for everything that goes wrong before the first byte. */
  answer(read: ReadRequest, call: Call, options: VideoAnswerOptions): Promise<HttpResponse>;
}
