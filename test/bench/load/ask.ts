import { Agent, request as send } from 'node:http';
import { ChunkCounter } from './chunk-counter.ts';
import { declaredTools } from './declared-tools.ts';
import type { Target, ToolPlan } from './job.ts';

/** What the upstream shall answer. */
export interface Plan {
  readonly chunks: number;
  /** 0 for as fast as it can. */
  readonly intervalMilliseconds?: number;
  /** Absent for a question without tools. */
  readonly tools?: ToolPlan;
}

const agent = new Agent({ keepAlive: true });
const ignore = () => {};

/**
 * Asks one streamed question.
 *
 * @param onChunk called for each chunk, with the time that it carries.
 * @returns when the answer is complete.
 * @throws Error when it is not the answer that was asked for: another status, or another number of chunks.
 */
export function ask(
  { url, headers }: Target,
  { chunks, intervalMilliseconds = 0, tools }: Plan,
  onChunk: (stamp: number) => void = ignore,
): Promise<void> {
  const content = `bench:${chunks}x${intervalMilliseconds}${tools === 'called' ? tools : ''}`;
  const question = { model: 'qwen3.7-plus', stream: true, messages: [{ role: 'user', content }] };
  const body = JSON.stringify(tools === undefined ? question : { ...question, tools: declaredTools });
  return new Promise((resolve, reject) => {
    const call = send(url, {
      method: 'POST',
      agent,
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    call.on('error', reject);
    call.on('response', (response) => {
      const counter = new ChunkCounter(onChunk);
      response.on('data', (bytes: Buffer) => counter.push(bytes));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200 && counter.count === chunks) resolve();
        else reject(new Error(`${url} answered ${response.statusCode} with ${counter.count} of ${chunks} chunks.`));
      });
    });
    call.end(body);
  });
}
