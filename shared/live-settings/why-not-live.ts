import { type Setting, type SettingName, settings } from '../settings.ts';

/** @returns why a setting can't be changed while the gateway runs; `undefined` when it can. */
export function whyNotLive(name: SettingName): string | undefined {
  const setting: Setting = settings[name];
  if (setting.fixed !== undefined) return setting.fixed;
  if (setting.secret === true) return 'It is a secret: those reach the gateway by its import or its deployment alone.';
  if (setting.readBy === 'local') return 'Only the laptop’s runtime reads it, when it starts.';
  if (setting.readBy === 'import') return 'Only the import reads it.';
  if (setting.laptopOnly === true) return 'It is for a laptop alone, and set there.';
  return undefined;
}
