import { problemOf } from '../read-settings.ts';
import { isSettingName, settings } from '../settings.ts';
import type { Attributes } from '../store/attributes.ts';
import { numberAttribute } from '../store/read-attribute.ts';
import { isRecord } from './is-record.ts';
import { whyNotLive } from './why-not-live.ts';

/** What was set on the running gateway: it goes before the environment. */
export interface LiveValues {
  /** Counts the changes; 0 before the first. */
  readonly version: number;
  /** In the form that the environment would have them. */
  readonly values: Readonly<Record<string, string>>;
}

export const noLiveValues: LiveValues = { version: 0, values: {} };

/** @returns what an item of the table holds; nothing when there is none. */
export function readLiveValues(item: Attributes | undefined): LiveValues {
  if (item === undefined) return noLiveValues;
  const { values } = item;
  const entries = isRecord(values) ? Object.entries(values) : [];
  return {
    version: numberAttribute(item, 'version') ?? 0,
    values: Object.fromEntries(entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))),
  };
}

/**
 * Those of the values that this version of the gateway can use: one that was stored by another version must not keep a
 * function from starting.
 */
export function usableValues({ values }: LiveValues): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => isUsable(name, value)));
}

function isUsable(name: string, value: string): boolean {
  if (!isSettingName(name) || whyNotLive(name) !== undefined) return false;
  return value === '' || problemOf(name, settings[name], value).length === 0;
}
