import type { UsageEvent } from '../../chat/event.ts';
import type { Usage } from '../../chat/usage.ts';
import { isJsonObject, type JsonObject, parseJson } from './json-fields.ts';
import { readUsage } from './read-usage.ts';

/** Counts and objects of counts, that of the input first: what is written so is JSON and holds counts. */
const recordedForm =
  /^\{"input_tokens": \d{1,15}(?:, "\w+": (?:\d{1,15}|\{(?:"\w+": \d{1,15}(?:, "\w+": \d{1,15})*)?\}))*\}$/;

/**
 * Tells of field `usage` of a frame. Counts in the recorded spelling (qwen-web §4.3) are read when somebody asks for
 * them: they come with nearly every frame, and mostly the next ones replace them unread.
 *
 * @param fields parsed, or as JSON.
 * @returns `undefined` when it holds no counts.
 */
export function usageEvent(fields: JsonObject | string): UsageEvent | undefined {
  if (typeof fields === 'string' && recordedForm.test(fields)) return lateUsage(fields);
  const usage = countsOf(fields);
  return usage && { type: 'usage', usage };
}

function lateUsage(json: string): UsageEvent {
  let counts: Usage | undefined;
  return {
    type: 'usage',
    get usage() {
      counts ??= countsOf(json) ?? { inputTokens: 0, outputTokens: 0, totalTokens: 0 };
      return counts;
    },
  };
}

function countsOf(fields: JsonObject | string): Usage | undefined {
  const object = typeof fields === 'string' ? parseJson(fields) : fields;
  return isJsonObject(object) ? readUsage(object) : undefined;
}
