import { z } from 'zod';

const count = z.number().int().positive();

const targetSchema = z.object({
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  /** The process whose cost counts. */
  pid: z.number().optional(),
});

/** Tools are declared and the answer is text, or the chunks of the answer are a call's arguments. */
const toolPlan = z.enum(['declared', 'called']);

/** What the load generator is told to do. */
export const jobSchema = z.discriminatedUnion('kind', [
  /** One short question after the other, to each target in turn, with a pause between them. */
  z.object({
    kind: z.literal('first-token'),
    targets: z.array(targetSchema),
    questions: count,
    pauseMilliseconds: count,
  }),
  /** Many short questions, always so many at once. */
  z.object({ kind: z.literal('saturated'), target: targetSchema, questions: count, atOnce: count, chunks: count }),
  /** Long answers as fast as they come. */
  z.object({
    kind: z.literal('burst'),
    target: targetSchema,
    answers: count,
    atOnce: count,
    chunks: count,
    tools: toolPlan.optional(),
  }),
  /** Many answers open at once, each with a chunk every so often. */
  z.object({
    kind: z.literal('open-streams'),
    target: targetSchema,
    streams: count,
    intervalMilliseconds: count,
    seconds: count,
  }),
  /** One exchange with a picture after the other, to each target in turn. */
  z.object({
    kind: z.literal('media'),
    targets: z.array(targetSchema.extend({ way: z.enum(['direct', 'pipe', 'gateway']) })),
    exchange: z.enum(['picture-url', 'picture-file', 'upload']),
    times: count,
  }),
]);

export type Target = z.infer<typeof targetSchema>;
export type ToolPlan = z.infer<typeof toolPlan>;
export type Job = z.infer<typeof jobSchema>;
type JobOf<Kind extends Job['kind']> = Omit<Extract<Job, { kind: Kind }>, 'kind'>;
export type FirstTokenJob = JobOf<'first-token'>;
export type SaturatedJob = JobOf<'saturated'>;
export type BurstJob = JobOf<'burst'>;
export type OpenStreamsJob = JobOf<'open-streams'>;
export type MediaJob = JobOf<'media'>;
export type MediaTarget = MediaJob['targets'][number];

/** What a job has measured: numbers only, by name. */
export const outcomeSchema = z.union([
  z.object({ outcome: z.record(z.string(), z.number()) }),
  z.object({ failure: z.string() }),
]);
export type Outcome = Readonly<Record<string, number>>;
