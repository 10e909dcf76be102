/** A list as the gateway sends it. */
export interface List<Entry> {
  readonly object: 'list';
  readonly data: readonly Entry[];
  /** Pass as `after` to get the next page. */
  readonly last_id?: string | null;
  readonly has_more?: boolean;
}
