/** The primary key of an item in the one table. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** @returns the partition that holds all accounts of a lane, so that a snapshot of the pool is one query. */
export function accountsPartition(lane: string): string {
  return `accounts#${lane}`;
}

export function accountKey(lane: string, accountId: string): ItemKey {
  return { pk: accountsPartition(lane), sk: accountId };
}

/** The partition that holds all gateway keys. */
export const gatewayKeysPartition = 'keys';

/** @param hash SHA-256 of the key, so that importing the same key twice meets the same item. */
export function gatewayKeyKey(hash: string): ItemKey {
  return { pk: gatewayKeysPartition, sk: hash };
}

/** Each chat has its own partition; several are found by the lists that they are in. */
export function chatKey(chatId: string): ItemKey {
  return { pk: `chat#${chatId}`, sk: 'owner' };
}

/** @returns the list of the chats that a key keeps, by their last use. */
export function keptChatsList(keyId: string): string {
  return `chats#${keyId}`;
}

/** @returns the list of chats that are to be deleted, by when. @param shard spreads them, see `shared/chats`. */
export function temporaryChatsList(shard: number): string {
  return `temporary#${shard}`;
}

/** The partition of the keys that keep chats, so that all lists can be found. */
export const chatOwnersPartition = 'chat-owners';

export function chatOwnerKey(keyId: string): ItemKey {
  return { pk: chatOwnersPartition, sk: keyId };
}

/** @returns the partition of one clean-up of chats: its head and its items. */
export function cleanupPartition(cleanupId: string): string {
  return `cleanup#${cleanupId}`;
}

export function cleanupHeadKey(cleanupId: string): ItemKey {
  return { pk: cleanupPartition(cleanupId), sk: 'head' };
}

/** @param item its number, from 0. */
export function cleanupItemKey(cleanupId: string, item: number): ItemKey {
  return { pk: cleanupPartition(cleanupId), sk: `item#${String(item).padStart(6, '0')}` };
}

/** When something that is done once a day was begun last. */
export function dailyClaimKey(work: string): ItemKey {
  return { pk: `daily#${work}`, sk: 'claim' };
}

/** @param hash of the conversation that an upstream chat ends with; each has its own partition. */
export function threadKey(hash: string): ItemKey {
  return { pk: `thread#${hash}`, sk: 'end' };
}

export function catalogueKey(lane: string): ItemKey {
  return { pk: `catalogue#${lane}`, sk: 'models' };
}

/** The owner's aliases of models. */
export const aliasesKey: ItemKey = { pk: 'aliases', sk: 'models' };

/** What events to the owner's servers are signed with. */
export const webhookSecretKey: ItemKey = { pk: 'webhook', sk: 'secret' };

/** The partition of the audit log; `sk` is the entry's place with leading zeros, so that a query gives them in order. */
export const auditPartition = 'audit';

export function auditKey(sequence: number): ItemKey {
  return { pk: auditPartition, sk: String(sequence).padStart(12, '0') };
}

/** The end of the audit log; apart from the log, so that no query of it meets this row. */
export const auditHeadKey: ItemKey = { pk: 'audit-head', sk: 'head' };

/** @returns the partition of one bulk import: its head and its items. */
export function importPartition(importId: string): string {
  return `import#${importId}`;
}

export function importHeadKey(importId: string): ItemKey {
  return { pk: importPartition(importId), sk: 'head' };
}

/** @param item its number, from 0. */
export function importItemKey(importId: string, item: number): ItemKey {
  return { pk: importPartition(importId), sk: `item#${String(item).padStart(6, '0')}` };
}

/** Whose response, and which. */
interface ResponsePlace {
  readonly callerId: string;
  readonly id: string;
}

/** @returns the partition of one stored response; the caller is part of it, so that nobody else finds it. */
export function responsePartition({ callerId, id }: ResponsePlace): string {
  return `response#${callerId}#${id}`;
}

export function responseHeadKey(place: ResponsePlace): ItemKey {
  return { pk: responsePartition(place), sk: 'head' };
}

/** @param generation of the content; @param index its number, from 0. */
export function responsePieceKey(place: ResponsePlace, generation: string, index: number): ItemKey {
  return { pk: responsePartition(place), sk: `piece#${generation}#${String(index).padStart(4, '0')}` };
}

/** @param hash SHA-256 of a file's bytes; each file has its own partition, as files are only ever looked up one by one. */
export function uploadKey(accountId: string, hash: string): ItemKey {
  return { pk: `upload#${accountId}#${hash}`, sk: 'file' };
}

/** Whose job, and which. */
interface JobPlace {
  readonly callerId: string;
  readonly id: string;
}

/** @returns the partition of one caller's jobs, whose ids sort as they were made. */
export function jobsPartition(callerId: string): string {
  return `jobs#${callerId}`;
}

export function jobKey({ callerId, id }: JobPlace): ItemKey {
  return { pk: jobsPartition(callerId), sk: id };
}

/** The partition of the jobs that are not over, of all callers. */
export const openJobsPartition = 'open-jobs';

export function openJobKey(id: string): ItemKey {
  return { pk: openJobsPartition, sk: id };
}

/** @param hash SHA-256 of what the caller has sent as `Idempotency-Key`. */
export function jobClaimKey(callerId: string, hash: string): ItemKey {
  return { pk: `idempotency#${callerId}#${hash}`, sk: 'job' };
}

/** @returns the partition of one caller's stored files, whose ids sort as they were made. */
export function storedFilesPartition(callerId: string): string {
  return `files#${callerId}`;
}

export function storedFileKey(callerId: string, id: string): ItemKey {
  return { pk: storedFilesPartition(callerId), sk: id };
}

/** @returns the partition of one upload in parts: its head and its parts. */
export function partedUploadPartition(callerId: string, id: string): string {
  return `parts#${callerId}#${id}`;
}

export function partedUploadKey(callerId: string, id: string): ItemKey {
  return { pk: partedUploadPartition(callerId, id), sk: 'head' };
}

export function uploadPartKey(callerId: string, id: string, partId: string): ItemKey {
  return { pk: partedUploadPartition(callerId, id), sk: partId };
}

/** @param shard spreads the rows of a day, see `shared/metering/usage-row.ts`. @param day as `2026-11-22`. */
export function usagePartition(day: string, shard: number): string {
  return `usage#${day}#${shard}`;
}

interface UsagePlace {
  readonly day: string;
  readonly shard: number;
  /** Epoch milliseconds; rows sort by it. */
  readonly startedAt: number;
  readonly id: string;
}

export function usageRowKey({ day, shard, startedAt, id }: UsagePlace): ItemKey {
  return { pk: usagePartition(day, shard), sk: `${new Date(startedAt).toISOString()}#${id}` };
}

/** The item that counts what a limited key uses. */
export function meterKey(keyId: string): ItemKey {
  return { pk: `meter#${keyId}`, sk: 'meter' };
}

/** The partition of the sums of finished days, for good. */
export const usageDaysPartition = 'usage-days';

interface UsageDayPlace {
  readonly day: string;
  readonly keyId: string;
  readonly model: string;
  readonly account?: string | undefined;
}

export function usageDayKey({ day, keyId, model, account = '-' }: UsageDayPlace): ItemKey {
  return { pk: usageDaysPartition, sk: `${day}#${keyId}#${model}#${account}` };
}

/** The partition that tells of which days there are sums. */
export const usageRolledPartition = 'usage-rolled';

export function usageRolledKey(day: string): ItemKey {
  return { pk: usageRolledPartition, sk: `${day}#` };
}

/** The list of all jobs, of all callers, by their ids. */
export const allJobsList = 'jobs';

/** The list of the requests for pictures, of all callers, by their times. */
export const imageRequestsList = 'image-requests';

/** @returns the partition of the answer that one `Idempotency-Key` stands for. @param hash of the path and the key. */
export function keptAnswerPartition(callerId: string, hash: string): string {
  return `answer#${callerId}#${hash}`;
}

/** What is known of the answer. It sorts behind the pieces, so that one query finds new pieces and then this. */
export function keptAnswerKey(partition: string): ItemKey {
  return { pk: partition, sk: 'state' };
}

/** @param run who makes the answer; a run that is given up leaves its pieces behind. @param index from 0. */
export function answerPieceKey(partition: string, run: string, index: number): ItemKey {
  return { pk: partition, sk: `piece#${run}#${String(index).padStart(6, '0')}` };
}

const settingsPartition = 'settings';

/** What was set on the running gateway. */
export const liveSettingsKey: ItemKey = { pk: settingsPartition, sk: 'current' };

/** The partition of the changes of settings; apart from the settings themselves, so that no query meets these. */
export const settingsHistoryPartition = 'settings-history';

/** @param version that the change has made, from 1. */
export function settingsChangeKey(version: number): ItemKey {
  return { pk: settingsHistoryPartition, sk: String(version).padStart(9, '0') };
}
