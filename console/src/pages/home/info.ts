/** The answer to `GET /api/info`, which needs no key. */
export interface Info {
  readonly name: string;
  readonly version: string;
  readonly upstream: { readonly label: string | null; readonly simulated: boolean };
  readonly state: 'ok' | 'unavailable' | 'no_accounts' | 'unknown';
  readonly open_mode: boolean;
  readonly default_model: string;
}
