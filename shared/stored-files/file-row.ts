import * as z from 'zod/mini';
import type { Attributes, ItemValue } from '../store/attributes.ts';
import { filePurposes, type StoredFile } from './stored-file.ts';

const placeForm = z.discriminatedUnion('type', [
  z.object({ type: z.literal('bucket'), key: z.string() }),
  z.object({ type: z.literal('account'), accountId: z.string(), reference: z.string() }),
]);

const rowForm = z.object({
  sk: z.string(),
  name: z.string(),
  bytes: z.number(),
  purpose: z.enum(filePurposes),
  mediaType: z.string(),
  sha256: z.optional(z.string()),
  createdAt: z.number(),
  expiresAt: z.number(),
  status: z.enum(['pending', 'uploaded']),
  place: placeForm,
});

const recordForm = z.record(z.string(), z.unknown());

/**
 * Reads a row.
 *
 * @param now epoch milliseconds.
 * @returns `undefined` for none, for a deleted one, for one whose time is over, and for what is no file.
 */
export function readFileRow(row: Attributes | undefined, now: number): StoredFile | undefined {
  const read = z.safeParse(rowForm, row);
  if (!read.success || read.data.expiresAt <= now) return undefined;
  const { sk: id, place, ...facts } = read.data;
  if (place.type === 'bucket') return { ...facts, id, place };
  const reference = z.safeParse(recordForm, parse(place.reference));
  return reference.success ? { ...facts, id, place: { ...place, reference: reference.data } } : undefined;
}

/** The attributes of a file, as they are written. */
export function fileAttributes({ id: _id, place, ...facts }: StoredFile): Attributes {
  return { ...facts, place: placeAttribute(place), ttl: Math.ceil(facts.expiresAt / 1000) };
}

/** The upstream's words are kept as one text: nobody looks into them here. */
function placeAttribute(place: StoredFile['place']): ItemValue {
  return place.type === 'bucket' ? { ...place } : { ...place, reference: JSON.stringify(place.reference) };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
