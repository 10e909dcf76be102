import { type LiveValues, usableValues } from '../../live-settings/live-values.ts';
import { applyChanges, type SettingsChange, type ValueChange } from '../../live-settings/settings-change.ts';
import type { SettingsLog } from '../../live-settings/settings-log.ts';
import type { Environment } from '../../read-settings.ts';
import { ChangeNotFoundError, SettingsChangedError } from '../admin-errors.ts';
import { checkValues } from './check-values.ts';

export interface SettingsDeskOptions {
  readonly log: SettingsLog;
  /** What the functions were started with. */
  readonly environment: Environment;
  /** Lets a change count here at once. */
  readonly changed: () => Promise<void>;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** New values, `null` to let the environment or the default count again. */
export type WantedValues = Readonly<Record<string, string | null>>;

/** What an owner does with the settings of the running gateway. All methods throw StoreUnavailableError. */
export class SettingsDesk {
  readonly #options: SettingsDeskOptions;
  readonly #now: () => number;

  constructor(options: SettingsDeskOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  read(): Promise<LiveValues> {
    return this.#options.log.read();
  }

  /** Newest first. */
  history(limit: number, before?: number): Promise<readonly SettingsChange[]> {
    return this.#options.log.newest(limit, before);
  }

  /**
   * Sets values; nothing happens when all of them are so already.
   *
   * @param version of the settings that the owner has seen, when it matters.
   * @throws InvalidRequestError naming each setting that is wrong, SettingsChangedError
   */
  async change(wanted: WantedValues, by: string, version?: number): Promise<LiveValues> {
    const known = await this.read();
    if (version !== undefined && version !== known.version) throw new SettingsChangedError();
    const changes = Object.entries(wanted).map(([name, to]) => ({ name, from: known.values[name] ?? null, to }));
    return this.#write(known, changes, by);
  }

  /**
   * Puts back what a change has replaced, as a new change.
   *
   * @throws ChangeNotFoundError, SettingsChangedError naming a setting that was changed again since,
   * InvalidRequestError when a value is not allowed any more.
   */
  async undo(version: number, by: string): Promise<LiveValues> {
    const known = await this.read();
    const change = version > known.version ? undefined : await this.#options.log.find(version);
    if (change === undefined) throw new ChangeNotFoundError();
    const since = change.changes.filter(({ name, to }) => (known.values[name] ?? null) !== to);
    if (since.length > 0) throw new SettingsChangedError(since.map(({ name }) => name));
    const back = change.changes.map(({ name, from, to }) => ({ name, from: to, to: from }));
    return this.#write(known, back, by);
  }

  async #write(known: LiveValues, changes: readonly ValueChange[], by: string): Promise<LiveValues> {
    const values = applyChanges(known.values, changes);
    checkValues({
      names: changes.map(({ name }) => name),
      before: known.values,
      after: values,
      environment: { ...this.#options.environment, ...usableValues({ version: 0, values }) },
    });
    const real = changes.filter(({ from, to }) => from !== to);
    if (real.length === 0) return known;
    const at = new Date(this.#now()).toISOString();
    const change = await this.#options.log.append(known, real, { by, at });
    if (change === undefined) throw new SettingsChangedError();
    await this.#options.changed();
    return { version: change.version, values };
  }
}
