/** A value as the gateway shows it; `null` for one that it does not show. */
export type SettingValue = string | number | boolean | readonly string[] | null;

/** One setting, as `GET /admin/settings` describes it. */
export interface Setting {
  readonly name: string;
  readonly type: 'text' | 'boolean' | 'integer' | 'choice' | 'list';
  readonly group: string;
  readonly value: SettingValue;
  readonly default: SettingValue;
  /** `null` for what the functions do not read. */
  readonly source: 'live' | 'environment' | 'default' | null;
  /** Whether the running gateway takes another value. */
  readonly live: boolean;
  /** Why it does not. */
  readonly why_not?: string;
  readonly meaning: string;
  readonly choices?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly secret: boolean;
}

export interface Settings {
  /** Sent back with changes, so that nobody overwrites what another has changed meanwhile. */
  readonly version: number;
  readonly data: readonly Setting[];
}

/** One entry of `GET /admin/settings/history`. */
export interface SettingsChange {
  readonly version: number;
  /** ISO time. */
  readonly at: string;
  /** Id of the key. */
  readonly by: string;
  /** In the form of the environment; `null` where the environment or the default counts. */
  readonly changes: readonly { readonly name: string; readonly from: string | null; readonly to: string | null }[];
}

/**
 * The settings that fit a search, in their groups and their order. What can be changed stands first in each; groups
 * without a setting are left out.
 */
export function groupSettings(
  settings: readonly Setting[],
  search: string,
): readonly { readonly group: string; readonly settings: readonly Setting[] }[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, Setting[]>();
  for (const setting of settings) {
    const text = `${setting.name} ${setting.name.replaceAll('_', ' ')} ${setting.meaning}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const group = groups.get(setting.group) ?? [];
    group.push(setting);
    groups.set(setting.group, group);
  }
  return [...groups].map(([group, found]) => ({
    group,
    settings: found.toSorted((one, other) => Number(other.live) - Number(one.live)),
  }));
}
