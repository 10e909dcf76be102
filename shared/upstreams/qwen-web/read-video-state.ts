import { UpstreamUnavailableError } from '../../chat/errors/answer-faults.ts';
import type { VideoState } from '../../chat/video-upstream.ts';
import { type JsonObject, objectField, textField } from './json-fields.ts';

const waitingWords: ReadonlySet<string> = new Set(['pending', 'queued', 'created']);
const runningWords: ReadonlySet<string> = new Set(['running', 'processing']);
const successWords: ReadonlySet<string> = new Set(['success', 'succeeded', 'completed', 'finished']);
const failureWords: ReadonlySet<string> = new Set(['failed', 'error']);
const longestMessage = 300;

/**
 * Reads the state of a task (qwen-web §5.3), flat or under `data`, in any letter case.
 *
 * @throws UpstreamUnavailableError for words that nobody knows, and for a success without a video.
 */
export function readVideoState(body: JsonObject): VideoState {
  const state = textField(body, 'task_status') === undefined ? (objectField(body, 'data') ?? body) : body;
  const word = textField(state, 'task_status')?.toLowerCase() ?? '';
  if (waitingWords.has(word)) return { type: 'waiting' };
  if (runningWords.has(word)) return { type: 'running' };
  if (failureWords.has(word)) return { type: 'failed', message: reasonOf(state) };
  const url = textField(state, 'content');
  if (successWords.has(word) && url !== undefined && /^https?:\/\//.test(url)) return { type: 'succeeded', url };
  throw new UpstreamUnavailableError('The upstream told nothing usable about the video.', {
    upstreamCode: 'unknown_task_status',
  });
}

function reasonOf(state: JsonObject): string {
  const words = textField(state, 'message') ?? textField(state, 'error') ?? 'The upstream gave no reason.';
  return words.slice(0, longestMessage);
}

/** Whether a body that looks like a refusal is the state of a task that failed: both may have an `error`. */
export function isVideoState(body: JsonObject): boolean {
  return (textField(body, 'task_status') ?? textField(objectField(body, 'data'), 'task_status')) !== undefined;
}
