import type { ToolMessage } from '../../chat/request.ts';
import type { FunctionResponseBody } from './content-body.ts';
import { jsonText } from './json-text.ts';
import { readMedia } from './read-part.ts';

type Response = Readonly<Record<string, unknown>>;

/**
 * Reads the result of a call. Clients wrap it: in `output` or `error` (Gemini CLI), in `result` (Google's Python SDK), in
 * `name` and `content` (Vercel's SDK).
 *
 * @param toolCallId of the call that it answers.
 * @param path of the result in the body.
 * @throws InvalidRequestError naming the field.
 */
export function readFunctionResponse(body: FunctionResponseBody, toolCallId: string, path: string): ToolMessage {
  const response = body.response ?? {};
  const text = responseText(response, body.name, `${path}.response`);
  const media = (body.parts ?? []).flatMap((part, index) => readMedia(part, `${path}.parts[${index}]`));
  return {
    role: 'tool',
    toolCallId,
    name: body.name,
    content: [{ type: 'text', text }, ...media],
    isError: Boolean(response.error),
  };
}

/** What was wrapped, when nothing stands beside it; otherwise all of it as JSON. */
function responseText(response: Response, name: string, path: string): string {
  const wrapped = unwrap(response, name);
  return typeof wrapped === 'string' ? wrapped : jsonText(wrapped, path);
}

function unwrap(response: Response, name: string): unknown {
  const keys = Object.keys(response);
  const [key, other] = keys;
  if (key === undefined) return '';
  if (keys.length === 1 && ['output', 'result', 'error'].includes(key)) return response[key] ?? '';
  const isNamed = keys.length === 2 && other !== undefined && response.name === name && 'content' in response;
  return isNamed ? response.content : response;
}
