import { UnsupportedParameterError } from '../../chat/errors/request-errors.ts';
import type { AnswerFormat } from '../../chat/request.ts';
import { toJsonSchema } from './json-schema.ts';
import type { GenerationBody } from './request-body.ts';

/**
 * Reads the form of the answer's text. A schema asks for JSON, whatever the MIME type says.
 *
 * @throws UnsupportedParameterError for MIME types that are neither JSON nor plain text.
 */
export function readFormat(config: GenerationBody | null | undefined): AnswerFormat {
  const { responseMimeType, responseJsonSchema, responseSchema } = config ?? {};
  if (responseMimeType && !['application/json', 'text/plain'].includes(responseMimeType)) {
    const param = 'generationConfig.responseMimeType';
    throw new UnsupportedParameterError(`'${param}' must be 'application/json' or 'text/plain'.`, { param });
  }
  const name = 'response';
  if (responseJsonSchema) {
    return {
      type: 'json-schema',
      name,
      schema: toJsonSchema(responseJsonSchema, 'generationConfig.responseJsonSchema'),
    };
  }
  if (responseSchema) {
    return { type: 'json-schema', name, schema: toJsonSchema(responseSchema, 'generationConfig.responseSchema') };
  }
  return { type: responseMimeType === 'application/json' ? 'json' : 'text' };
}
