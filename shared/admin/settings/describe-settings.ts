import type { LiveValues } from '../../live-settings/live-values.ts';
import type { SettingsChange } from '../../live-settings/settings-change.ts';
import { whyNotLive } from '../../live-settings/why-not-live.ts';
import { type Environment, splitList } from '../../read-settings.ts';
import { isSettingName, type Setting, type SettingName, settingGroups, settings } from '../../settings.ts';

/** All settings as the admin API shows them, group by group. @param environment what the functions were started with. */
export function describeSettings({ version, values }: LiveValues, environment: Environment): object {
  const names = Object.keys(settings).filter(isSettingName);
  const data = settingGroups.flatMap((group) =>
    names
      .filter((name) => settings[name].group === group)
      .map((name) => describeSetting(name, values[name], environment[name])),
  );
  return { object: 'settings', version, data };
}

export function describeChange({ version, at, by, changes }: SettingsChange): object {
  return { object: 'settings.change', id: String(version), version, at, by, changes };
}

function describeSetting(name: SettingName, live: string | undefined, given: string | undefined): object {
  const setting: Setting = settings[name];
  const { type, group, meaning, choices, minimum, maximum, secret = false } = setting;
  const reason = whyNotLive(name);
  return {
    name,
    type,
    group,
    ...shown(setting, reason === undefined ? live : undefined, given?.trim() || undefined),
    live: reason === undefined,
    ...(reason !== undefined && { why_not: reason }),
    meaning,
    ...(choices && { choices }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    secret,
  };
}

/** What the functions do not get to see has no value here. */
function shown(setting: Setting, live: string | undefined, given: string | undefined): object {
  if (setting.secret === true || setting.readBy !== 'functions') return { value: null, default: null, source: null };
  const fallback = typed(setting, setting.default);
  if (live !== undefined) return { value: typed(setting, live || setting.default), default: fallback, source: 'live' };
  if (given !== undefined) return { value: typed(setting, given), default: fallback, source: 'environment' };
  return { value: fallback, default: fallback, source: 'default' };
}

function typed({ type }: Setting, text: string): string | number | boolean | readonly string[] {
  switch (type) {
    case 'boolean':
      return text.toLowerCase() === 'true';
    case 'integer':
      return Number(text);
    case 'list':
      return splitList(text);
    case 'text':
    case 'choice':
      return text;
  }
}
