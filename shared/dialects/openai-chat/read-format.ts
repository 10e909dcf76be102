import type { AnswerFormat } from '../../chat/request.ts';
import type { ChatFieldsBody } from './request-body.ts';

/** Reads `response_format`; text when absent. */
export function readFormat(body: ChatFieldsBody): AnswerFormat {
  const format = body.response_format;
  switch (format?.type) {
    case 'json_object':
      return { type: 'json' };
    case 'json_schema':
      return { type: 'json-schema', name: format.json_schema.name, schema: format.json_schema.schema ?? {} };
    default:
      return { type: 'text' };
  }
}
