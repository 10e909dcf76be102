import type { UsageRow } from '../metering/usage-row.ts';
import { requestIdOf } from './request-id.ts';

/** One request in the form of the API. @param keyNames of the keys that there are, by id. */
export function describeRequest(row: UsageRow, keyNames: ReadonlyMap<string, string>): object {
  return {
    object: 'request',
    id: requestIdOf(row),
    request_id: row.id,
    created_at: new Date(row.startedAt).toISOString(),
    key: row.keyId,
    key_name: keyNames.get(row.keyId) ?? null,
    kind: row.kind,
    path: row.path,
    dialect: row.dialect,
    model: row.model,
    target: row.target ?? null,
    account: row.account ?? null,
    status: row.status,
    error_code: row.errorCode ?? null,
    stream: row.stream,
    milliseconds: row.milliseconds,
    first_token_milliseconds: row.firstTokenMilliseconds ?? null,
    finish_reason: row.finishReason ?? null,
    aborted: row.aborted === true,
    prompt_tokens: row.promptTokens,
    completion_tokens: row.completionTokens,
    reasoning_tokens: row.reasoningTokens ?? null,
    token_source: row.tokenSource,
    images: row.images,
    video_seconds: row.videoSeconds,
    has_content: row.recorded === true,
  };
}
