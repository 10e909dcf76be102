import type { AnswerFormat } from '../../chat/request.ts';
import type { AnthropicBody } from './request-body.ts';

/** Reads `output_config.format`, or the older `output_format`; text when both are absent. Anthropic's has no name. */
export function readFormat(body: AnthropicBody): AnswerFormat {
  const format = body.output_config?.format ?? body.output_format;
  if (format?.type !== 'json_schema') return { type: 'text' };
  return { type: 'json-schema', name: 'answer', schema: format.schema ?? {} };
}
