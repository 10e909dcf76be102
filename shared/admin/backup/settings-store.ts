/** What an export and an import need of the settings that can be changed while the gateway runs. */
export interface SettingsStore {
  /** Those that the owner has set, as text. @throws StoreUnavailableError */
  readonly read: () => Promise<Readonly<Record<string, string>>>;
  /** @returns why a value can't be taken; `undefined` when it can. */
  readonly problemOf: (name: string, value: string) => string | undefined;
  /** Sets these beside the others, as one change. @throws StoreUnavailableError, InvalidRequestError, SettingsChangedError */
  readonly write: (values: Readonly<Record<string, string>>, by: string) => Promise<void>;
}
