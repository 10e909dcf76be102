import type { ChatEvents } from './event.ts';
import type { Model } from './model.ts';
import type { ChatRequest } from './request.ts';

/** What an account proves itself with. Secret: never logged, never part of an error. */
export interface Credentials {
  readonly token: string;
  /** The owner's own Cookie header, sent unchanged. */
  readonly cookie?: string;
}

/** The kinds of work that an upstream counts limits for, each on its own. */
export type WorkKind = 'chat' | 'image' | 'video';

/** A request whose model name has been resolved. */
export interface ResolvedChatRequest extends Omit<ChatRequest, 'features'> {
  readonly target: Model;
  readonly features: ResolvedFeatures;
}

export interface ResolvedFeatures {
  readonly thinking: boolean;
  readonly thinkingBudget?: number;
  readonly search: boolean;
}

/** An answer under way. */
export interface UpstreamAnswer {
  readonly chatId: string;
  /** Whether the upstream chat was made for this answer alone, so that it may be deleted afterwards. */
  readonly ownsChat: boolean;
  /** To be read once. Throws a `GatewayError` when the answer breaks. Leaving it early closes the connection. */
  readonly events: ChatEvents;
  /** Tells the upstream to stop generating. Does nothing once the answer has ended; never throws. */
  stop(): Promise<void>;
}

/** A token that an upstream gave for a sign-in or a refresh. */
export interface Session {
  readonly token: string;
  /** Epoch milliseconds, when the upstream tells. */
  readonly expiresAt?: number;
  readonly refreshToken?: string;
}

/** One place where answers come from. It names no dialect, keeps no account state and throws only `GatewayError`s. */
export interface ChatUpstream {
  readonly name: string;
  /**
   * Sends the request and resolves as soon as the upstream has accepted it.
   *
   * @param signal aborts the calls and the stream.
   */
  chat(request: ResolvedChatRequest, credentials: Credentials, signal: AbortSignal): Promise<UpstreamAnswer>;
  /** The models on offer. Some upstreams answer without credentials. */
  listModels(credentials: Credentials | undefined, signal: AbortSignal): Promise<readonly Model[]>;
  /** @returns the new chat's id. */
  createChat(model: string, title: string, credentials: Credentials, signal: AbortSignal): Promise<string>;
  deleteChat(chatId: string, credentials: Credentials, signal: AbortSignal): Promise<void>;
  signIn(email: string, password: string, signal: AbortSignal): Promise<Session>;
}
