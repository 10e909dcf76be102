import * as z from 'zod/mini';
import { aspectRatios } from '../chat/aspect-ratio.ts';
import type { Attributes } from '../store/attributes.ts';
import type { Job, JobFacts, JobRequest } from './job.ts';

const requestForm = z.object({
  model: z.string(),
  upstreamModel: z.string(),
  prompt: z.string(),
  aspectRatio: z.enum(aspectRatios),
  size: z.optional(z.string()),
  seconds: z.optional(z.string()),
  webhookUrl: z.optional(z.string()),
});

const webhookForm = z.object({
  url: z.string(),
  tries: z.number(),
  nextAt: z.optional(z.number()),
  deliveredAt: z.optional(z.number()),
  failure: z.optional(z.string()),
  isGivenUp: z.optional(z.boolean()),
});

const meteringForm = z.object({
  day: z.string(),
  path: z.string(),
  dialect: z.string(),
  reserved: z.boolean(),
});

const failureForm = z.object({ code: z.string(), message: z.string() });

const rowForm = z.object({
  pk: z.string(),
  sk: z.string(),
  stage: z.enum(['queued', 'asking', 'running', 'copying', 'completed', 'failed', 'deleted']),
  revision: z.number(),
  createdAt: z.number(),
  attempt: z.number(),
  ttl: z.number(),
  request: z.optional(requestForm),
  accountId: z.optional(z.string()),
  chatId: z.optional(z.string()),
  taskId: z.optional(z.string()),
  asks: z.optional(z.number()),
  acceptedAt: z.optional(z.number()),
  isBegun: z.optional(z.boolean()),
  url: z.optional(z.string()),
  urlExpiresAt: z.optional(z.number()),
  copies: z.optional(z.number()),
  resultKey: z.optional(z.string()),
  resultExpiresAt: z.optional(z.number()),
  copyFailure: z.optional(failureForm),
  failure: z.optional(failureForm),
  endedAt: z.optional(z.number()),
  webhook: z.optional(webhookForm),
  metering: z.optional(meteringForm),
});

/** What a deleted job leaves: nothing of its content. */
const forgottenRequest: JobRequest = { model: '', upstreamModel: '', prompt: '', aspectRatio: '1:1' };

/**
 * Reads a row.
 *
 * @param now epoch milliseconds.
 * @returns `undefined` for none, for one whose time is over, and for what is no job.
 */
export function readJobRow(row: Attributes | undefined, callerId: string, now: number): Job | undefined {
  const read = z.safeParse(rowForm, row);
  if (!read.success) return undefined;
  const { pk, sk, ttl, request = forgottenRequest, ...facts } = read.data;
  return ttl * 1000 <= now ? undefined : { ...facts, key: { callerId, id: sk }, request };
}

/** The attributes of facts, as they are written. */
export function factAttributes({ failure, copyFailure, webhook, ...facts }: JobFacts): Attributes {
  return {
    ...facts,
    ...(failure !== undefined && { failure: { ...failure } }),
    ...(copyFailure !== undefined && { copyFailure: { ...copyFailure } }),
    ...(webhook !== undefined && { webhook: { ...webhook } }),
  };
}
