import { createHash } from 'node:crypto';
import type { Attributes } from '../store/attributes.ts';
import { imageRequestsList, usageRowKey } from '../store/keys.ts';
import { numberAttribute, textAttribute } from '../store/read-attribute.ts';
import type { Table } from '../store/table.ts';

/** What a request was for. */
export type UsageKind = 'chat' | 'image' | 'video';

/** Where the numbers of tokens come from; `none` where nothing was counted, as nothing was answered. */
export type TokenSource = 'upstream' | 'tokenizer' | 'estimate' | 'none';

/** What became of one request that reached a metered route. */
export interface UsageRow {
  /** The request's id; of a video, its job's. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** The day of the start in the gateway's time zone, as `2026-11-22`. */
  readonly day: string;
  readonly keyId: string;
  readonly kind: UsageKind;
  readonly path: string;
  readonly dialect: string;
  /** As the caller has named it. */
  readonly model: string;
  /** The upstream's model. */
  readonly target?: string;
  readonly account?: string;
  /** The HTTP status that the caller saw; what came later stands in `errorCode`. */
  readonly status: number;
  readonly errorCode?: string;
  readonly stream: boolean;
  readonly milliseconds: number;
  readonly firstTokenMilliseconds?: number;
  readonly finishReason?: string;
  /** The caller has left before the end. */
  readonly aborted?: true;
  readonly promptTokens: number;
  /** Reasoning included. */
  readonly completionTokens: number;
  readonly reasoningTokens?: number;
  readonly tokenSource: TokenSource;
  readonly images: number;
  readonly videoSeconds: number;
  /** What the budgets of the key were charged: never more than was reserved. */
  readonly chargedTokens: number;
  /** Keys of the stored results in the owner's bucket. */
  readonly objects?: readonly string[];
  /** What was said is kept for some days, see `shared/usage/recordings`. */
  readonly recorded?: true;
}

/** Into how many partitions the rows of a day go, so that none is hot. */
export const usageShards = 4;

/** Days for which rows are kept. */
const keptDays = 40;

/** @returns the partition of the day that holds the row of this id, from 0. */
export function usageShardOf(id: string): number {
  return createHash('sha256').update(id).digest().readUInt8() % usageShards;
}

/** @returns the place of a row in the table. */
export function placeOfUsage({ id, startedAt, day }: Pick<UsageRow, 'id' | 'startedAt' | 'day'>) {
  return usageRowKey({ id, startedAt, day, shard: usageShardOf(id) });
}

/** Writes a row; writing it again changes nothing. @throws StoreUnavailableError */
export async function writeUsageRow(table: Table, row: UsageRow): Promise<void> {
  const ttl = Math.ceil(row.startedAt / 1000) + keptDays * 86_400;
  const place = placeOfUsage(row);
  // Pictures are few among many, and are looked for.
  const list = row.kind === 'image' ? { listKey: imageRequestsList, listPlace: place.sk } : {};
  await table.put(place, { ...row, ...list, ttl });
}

/** @returns the row in an item of the table, `undefined` when the item is no row. */
export function readUsageRow(item: Attributes): UsageRow | undefined {
  const id = textAttribute(item, 'id');
  const keyId = textAttribute(item, 'keyId');
  const startedAt = numberAttribute(item, 'startedAt');
  const kind = kinds.find((known) => known === item.kind);
  if (id === undefined || keyId === undefined || startedAt === undefined || kind === undefined) return undefined;
  return {
    id,
    startedAt,
    keyId,
    kind,
    day: textAttribute(item, 'day') ?? '',
    path: textAttribute(item, 'path') ?? '',
    dialect: textAttribute(item, 'dialect') ?? '',
    model: textAttribute(item, 'model') ?? '',
    status: numberAttribute(item, 'status') ?? 0,
    stream: item.stream === true,
    milliseconds: numberAttribute(item, 'milliseconds') ?? 0,
    promptTokens: numberAttribute(item, 'promptTokens') ?? 0,
    completionTokens: numberAttribute(item, 'completionTokens') ?? 0,
    tokenSource: tokenSources.find((known) => known === item.tokenSource) ?? 'none',
    images: numberAttribute(item, 'images') ?? 0,
    videoSeconds: numberAttribute(item, 'videoSeconds') ?? 0,
    chargedTokens: numberAttribute(item, 'chargedTokens') ?? 0,
    ...(item.aborted === true && { aborted: true }),
    ...(item.recorded === true && { recorded: true }),
    ...(Array.isArray(item.objects) && { objects: item.objects.filter((entry) => typeof entry === 'string') }),
    ...texts(item, ['target', 'account', 'errorCode', 'finishReason']),
    ...numbers(item, ['firstTokenMilliseconds', 'reasoningTokens']),
  };
}

const kinds: readonly UsageKind[] = ['chat', 'image', 'video'];
const tokenSources: readonly TokenSource[] = ['upstream', 'tokenizer', 'estimate', 'none'];

function texts<Name extends string>(item: Attributes, names: readonly Name[]): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = textAttribute(item, name);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function numbers<Name extends string>(item: Attributes, names: readonly Name[]): Partial<Record<Name, number>> {
  const found: Partial<Record<Name, number>> = {};
  for (const name of names) {
    const value = numberAttribute(item, name);
    if (value !== undefined) found[name] = value;
  }
  return found;
}
