import { UnsupportedParameterError } from '../../chat/errors/request-errors.ts';
import type { SystemMessage } from '../../chat/request.ts';
import { partText } from './read-part.ts';
import type { SystemInstructionBody } from './request-body.ts';

/**
 * Reads `systemInstruction`; its parts are separate paragraphs.
 *
 * @returns nothing for empty instructions.
 * @throws UnsupportedParameterError when a part is no text.
 */
export function readSystem(body: SystemInstructionBody | null | undefined): readonly SystemMessage[] {
  const content = instructionText(body ?? '');
  return content === '' ? [] : [{ role: 'system', content }];
}

function instructionText(body: SystemInstructionBody): string {
  if (typeof body === 'string') return body;
  const isList = Array.isArray(body);
  const parts = isList ? body : (body.parts ?? []);
  const texts = parts.flatMap((part, index) => {
    if (!part.inlineData && !part.fileData) return partText(part) ?? [];
    const param = `systemInstruction${isList ? '' : '.parts'}[${index}]`;
    throw new UnsupportedParameterError(`'${param}' is no text. Send pictures and files in 'contents'.`, { param });
  });
  return texts.join('\n\n');
}
