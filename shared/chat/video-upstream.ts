import type { AspectRatio } from './aspect-ratio.ts';
import type { Credentials } from './upstream.ts';

/** A video to be made. */
export interface VideoRequest {
  /** The upstream's id of the model. */
  readonly model: string;
  readonly prompt: string;
  readonly aspectRatio: AspectRatio;
}

/** What an upstream says of a video that it has taken. */
export type VideoState =
  | { readonly type: 'waiting' }
  | { readonly type: 'running' }
  | { readonly type: 'succeeded'; readonly url: string }
  | { readonly type: 'failed'; readonly message: string };

/** What a chat tells of the video that was asked for in it. */
export interface FoundVideo {
  /** Whether the chat holds any message: an empty one was never asked. */
  readonly isAsked: boolean;
  readonly taskId?: string;
  /** Of the finished video. */
  readonly url?: string;
}

/**
 * A place where videos come from. A video is asked for in a chat of its own, so that its task can be found there when
 * the reply is lost; task, chat and video belong to the account that asked. Throws `GatewayError`s only.
 */
export interface VideoUpstream {
  /** @returns the id of an empty chat for one video. */
  createVideoChat(model: string, credentials: Credentials, signal: AbortSignal): Promise<string>;
  /**
   * Asks for the video, once.
   *
   * @returns the task's id, `undefined` when the upstream took the request without telling it.
   * @throws ReplyLostError when nobody knows whether the upstream took it; every other UpstreamError means that it did not.
   */
  createVideo(
    chatId: string,
    request: VideoRequest,
    credentials: Credentials,
    signal: AbortSignal,
  ): Promise<string | undefined>;
  /** @throws UpstreamError, which says nothing about the video. */
  videoState(taskId: string, credentials: Credentials, signal: AbortSignal): Promise<VideoState>;
  /** Reads the chat that the video was asked for in. @throws ChatGoneError when it was deleted. */
  findVideo(chatId: string, credentials: Credentials, signal: AbortSignal): Promise<FoundVideo>;
}
