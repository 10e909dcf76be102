/**
 * Why an answer ended well.
 *
 * - `stop`: the model was done, or a stop sequence was met.
 * - `tool-calls`: the caller is to run the tools that were called.
 * - `length`: the caller's token limit was reached.
 * - `content-filter`: the upstream withheld the rest.
 *
 * A broken answer has no finish reason: its stream throws.
 */
export type FinishReason = 'stop' | 'tool-calls' | 'length' | 'content-filter';
