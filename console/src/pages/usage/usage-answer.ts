/** Numbers of one group, as the gateway sums them up. */
export interface UsageNumbers {
  readonly requests: number;
  readonly errors: number;
  readonly aborted: number;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly reasoning_tokens: number;
  readonly total_tokens: number;
  readonly tokens_by_source: { readonly upstream: number; readonly tokenizer: number; readonly estimate: number };
  readonly images: number;
  readonly video_seconds: number;
}

/** By what the page tells usage apart, besides days. */
export const dimensions = ['model', 'key', 'account'] as const;
export type Dimension = (typeof dimensions)[number];

/** One day of one model, key or account. */
export interface UsageEntry extends UsageNumbers {
  readonly day: string;
  readonly model?: string;
  readonly key?: string;
  readonly key_name?: string | null;
  /** `null` for what no account had a part in. */
  readonly account?: string | null;
}

/** The answer to `GET /admin/usage?group_by=day,…`. */
export interface UsageAnswer {
  /** As `2026-11-22`, in the gateway's time zone. */
  readonly from: string;
  readonly to: string;
  /** IANA name. */
  readonly time_zone: string;
  readonly data: readonly UsageEntry[];
  readonly totals: UsageNumbers;
}
