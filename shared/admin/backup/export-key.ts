import type { StoredKey } from '../../keys/gateway-key.ts';
import { describeKey } from '../keys/describe-key.ts';
import { type ExportedKey, exportedKey } from './export-document.ts';

const fields = Object.keys(exportedKey.shape);

/** A key as exports show it: what the admin API tells of it, without the key itself and without its hash. */
export function exportKey(key: StoredKey, now: number): ExportedKey {
  const described = Object.entries(describeKey(key, now)).filter(([name]) => fields.includes(name));
  return exportedKey.parse(Object.fromEntries(described));
}
