import type { ChatEvents } from './event.ts';
import type { Model } from './model.ts';
import type { ChatRequest, MediaPart } from './request.ts';
import type { AnnouncedFile, GrantForm, UploadedFile, UploadFile, UploadGrant, Uploads, WholeFile } from './upload.ts';

/** What an account proves itself with. Secret: never logged, never part of an error. */
export interface Credentials {
  readonly token: string;
  /** The owner's own Cookie header, as the upstream's answers have changed it. Sent as it is. */
  readonly cookie?: string | undefined;
  /** The proxy that all calls of the account go through, in place of the deployment's. May hold a password. */
  readonly proxyUrl?: string | undefined;
  /** Told of the Set-Cookie headers of every answer to the account. Returns at once and never throws. */
  keepCookies?(setCookies: readonly string[]): void;
}

/** What a refresh proves itself with: everything that the account has. Secret. */
export interface RefreshGrant {
  /** Rotates: once it was sent, it is worth nothing, whatever became of the answer. */
  readonly refreshToken: string;
  /** The token to be replaced. */
  readonly token?: string | undefined;
  readonly cookie?: string | undefined;
  readonly proxyUrl?: string | undefined;
}

/** The kinds of work that an upstream counts limits for, each on its own. */
export type WorkKind = 'chat' | 'image' | 'video';

/** A request whose model name has been resolved. */
export interface ResolvedChatRequest extends Omit<ChatRequest, 'features'> {
  readonly target: Model;
  readonly features: ResolvedFeatures;
  /** The gateway's own words for the end of the conversation, where a model heeds them most. */
  readonly reminder?: string;
  /** What the account that is asked holds of the request's media. */
  readonly uploads?: Uploads;
  /** Gives that account what the upstream itself makes into files; the upstream uploads it anew each time when absent. */
  readonly hold?: HoldFile;
  /** Whether its chat, when one is made, is kept for the caller; others are named as what nobody will miss. */
  readonly keepsChat?: boolean;
}

/** Gives an account a file, unless it has it already. @throws UpstreamError */
export type HoldFile = (file: WholeFile) => Promise<UploadedFile>;

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
  /** Bytes of the request that asked for it. */
  readonly sentBytes?: number;
  /** To be read once. Throws a `GatewayError` when the answer breaks. Leaving it early closes the connection. */
  readonly events: ChatEvents;
  /** Tells the upstream to stop generating. Does nothing once the answer has ended; never throws. */
  stop(): Promise<void>;
}

/** A token that an upstream gave for a sign-in or a refresh. */
export interface Session {
  readonly token: string;
  /** An access token lives for minutes, a session token for weeks; the token's own claims decide when it is not told. */
  readonly kind?: 'session' | 'access';
  /** Epoch milliseconds, when the upstream tells. */
  readonly expiresAt?: number;
  /** To be used for the next refresh, and once only. */
  readonly refreshToken?: string;
  /** The answer's Set-Cookie headers. */
  readonly setCookies?: readonly string[];
}

/** One place where answers come from. It names no dialect, keeps no account state and throws only `GatewayError`s. */
export interface ChatUpstream {
  readonly name: string;
  /**
   * Whether it takes `request.tools` and answers with tool calls. Otherwise it never sees any: they are written into the
   * conversation, and read out of the answer's text.
   */
  readonly callsTools: boolean;
  /**
   * Sends the request and resolves as soon as the upstream has accepted it.
   *
   * @param signal aborts the calls and the stream.
   */
  chat(request: ResolvedChatRequest, credentials: Credentials, signal: AbortSignal): Promise<UpstreamAnswer>;
  /** Whether the upstream takes the part by its URL, so that nobody has to upload it. */
  holds(part: MediaPart): boolean;
  /**
   * Gives the account a file, ready to be referred to in requests to the same account.
   *
   * @throws DocumentUnreadableError for a document that the upstream can't read; UpstreamError when it takes no files.
   */
  upload(file: UploadFile, credentials: Credentials, signal: AbortSignal): Promise<UploadedFile>;
  /**
   * Lets somebody else put a file into the account's storage, for some minutes. Nothing may refer to it before
   * `confirmUpload`.
   *
   * @throws UpstreamError when it takes no such files.
   */
  grantUpload(
    file: AnnouncedFile,
    form: GrantForm,
    credentials: Credentials,
    signal: AbortSignal,
  ): Promise<UploadGrant>;
  /** Where the file of a reference can be read, for a while and by everybody who has the address. */
  addressOf(reference: UploadedFile['reference']): string;
  /**
   * Looks whether the file of a grant has come, and makes it ready to be referred to.
   *
   * @param reference of the grant, for the same account.
   * @returns whether it is there with the size that was announced.
   * @throws DocumentUnreadableError, UpstreamError
   */
  confirmUpload(reference: UploadedFile['reference'], credentials: Credentials, signal: AbortSignal): Promise<boolean>;
  /** The models on offer. Some upstreams answer without credentials. */
  listModels(credentials: Credentials | undefined, signal: AbortSignal): Promise<readonly Model[]>;
  /** @returns the new chat's id. */
  createChat(model: string, title: string, credentials: Credentials, signal: AbortSignal): Promise<string>;
  deleteChat(chatId: string, credentials: Credentials, signal: AbortSignal): Promise<void>;
  /** @param proxyUrl the account's own, when it has one. */
  signIn(email: string, password: string, signal: AbortSignal, proxyUrl?: string): Promise<Session>;
  /**
   * Changes a refresh token for a new token and, as a rule, the next refresh token.
   *
   * @throws AccountUnauthorizedError when the upstream does not take it. Of the others, only UpstreamUnreachableError,
   *   ChallengeError and RateLimitedError mean that the refresh token is still good.
   */
  refresh(grant: RefreshGrant, signal: AbortSignal): Promise<Session>;
  /** Asks whether the credentials are accepted, without changing anything. @throws UpstreamError when they are not. */
  check(credentials: Credentials, signal: AbortSignal): Promise<void>;
}
