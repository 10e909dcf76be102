import type { Attributes } from '../store/attributes.ts';
import { textAttribute } from '../store/read-attribute.ts';
import { isRecord } from './is-record.ts';

/** What became of one setting; `null` where nothing was set, so that the environment or the default counted. */
export interface ValueChange {
  readonly name: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** One change of settings. */
export interface SettingsChange {
  /** That the change has made, from 1. */
  readonly version: number;
  /** ISO time. */
  readonly at: string;
  /** Id of the gateway key. */
  readonly by: string;
  /** Of this very write, so that a repeated one knows itself. */
  readonly writeId: string;
  readonly changes: readonly ValueChange[];
}

/** @returns the change in an item; its place counts, not what it says about it. */
export function readSettingsChange(item: Attributes): SettingsChange {
  const changes = Array.isArray(item.changes) ? item.changes : [];
  return {
    version: Number(textAttribute(item, 'sk')),
    at: textAttribute(item, 'at') ?? '',
    by: textAttribute(item, 'by') ?? '',
    writeId: textAttribute(item, 'writeId') ?? '',
    changes: changes.flatMap((change) => readValueChange(change) ?? []),
  };
}

function readValueChange(change: unknown): ValueChange | undefined {
  if (!isRecord(change) || typeof change.name !== 'string') return undefined;
  const value = (stored: unknown) => (typeof stored === 'string' ? stored : null);
  return { name: change.name, from: value(change.from), to: value(change.to) };
}

/** @returns the values as they are after the change. */
export function applyChanges(
  values: Readonly<Record<string, string>>,
  changes: readonly ValueChange[],
): Readonly<Record<string, string>> {
  const after = new Map(Object.entries(values));
  for (const { name, to } of changes) {
    if (to === null) after.delete(name);
    else after.set(name, to);
  }
  return Object.fromEntries(after);
}
