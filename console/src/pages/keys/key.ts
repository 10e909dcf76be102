/** What may be used up within a day or a month. */
export interface Budget {
  readonly requests: number | null;
  readonly tokens: number | null;
  readonly images: number | null;
  readonly video_seconds: number | null;
}

/** How much a key may use, and how fast. */
export interface KeyLimits {
  readonly requests_per_minute: number | null;
  readonly tokens_per_minute: number | null;
  readonly in_flight: number | null;
  readonly day: Budget | null;
  readonly month: Budget | null;
}

export const routeGroups = ['chat', 'images', 'videos', 'files', 'chats'] as const;
export type RouteGroup = (typeof routeGroups)[number];

export const conversationModes = ['auto', 'always-new', 'never-fold'] as const;
export type ConversationMode = (typeof conversationModes)[number];

/** A gateway key as the admin API shows it. Times are ISO; empty lists are no limit. */
export interface Key {
  readonly id: string;
  readonly name: string;
  readonly role: 'admin' | 'user';
  readonly source: string;
  readonly state: 'ok' | 'expired' | 'blocked';
  readonly expires_at: string | null;
  readonly models: readonly string[];
  readonly routes: readonly RouteGroup[];
  readonly conversations: ConversationMode | null;
  readonly limits?: KeyLimits | null;
  readonly created_at: string | null;
}

/** How far one limit is used up. */
export interface LimitState {
  readonly window: 'minute' | 'day' | 'month';
  readonly unit: keyof Budget;
  readonly limit: number;
  readonly used: number;
  readonly left: number;
  /** ISO time. */
  readonly resets_at: string;
}

/** The answer to `GET /admin/keys/{id}`. */
export interface KeyInUse extends Key {
  readonly limits_state: { readonly in_flight: number; readonly data: readonly LimitState[] } | null;
}

/** Keys of the environment can be looked at only. */
export function isFromEnvironment({ source }: Key): boolean {
  return source === 'environment';
}
