import type { AnswerFormat } from '../../chat/request.ts';
import type { ResponsesBody } from './request-body.ts';

/** Reads `text.format`; text when absent. */
export function readFormat({ text }: Pick<ResponsesBody, 'text'>): AnswerFormat {
  const format = text?.format;
  switch (format?.type) {
    case 'json_object':
      return { type: 'json' };
    case 'json_schema':
      return { type: 'json-schema', name: format.name, schema: format.schema ?? {} };
    default:
      return { type: 'text' };
  }
}
