import type { DialectName } from '../chat/dialect.ts';
import type { GatewayError } from '../chat/errors/gateway-error.ts';
import { writeAnthropicError } from './anthropic/error-body.ts';
import { writeGeminiError } from './gemini/error-body.ts';
import { writeOpenAiError } from './openai-chat/error-body.ts';

/** The stream that is broken off, of which something was sent. */
export interface BrokenStream {
  /** As in `x-request-id`. */
  readonly requestId: string;
  readonly contentType: string | undefined;
  /** What was sent last: some whole events. */
  readonly lastSent: string;
}

type BreakStream = (error: GatewayError, stream: BrokenStream) => string;

const openAiEvent: BreakStream = (error) => `data: ${JSON.stringify(writeOpenAiError(error))}\n\n`;

const writers: Readonly<Record<DialectName, BreakStream>> = {
  'openai-chat': openAiEvent,
  native: openAiEvent,
  'openai-responses': (error, { lastSent }) => {
    const told = writeOpenAiError(error);
    const { code, message, param } = told.error;
    const event = { type: 'error', sequence_number: numberAfter(lastSent), code, message, param, ...told };
    return `event: error\ndata: ${JSON.stringify(event)}\n\n`;
  },
  anthropic: (error, { requestId }) =>
    `event: error\ndata: ${JSON.stringify(writeAnthropicError(error, requestId))}\n\n`,
  gemini: (error, { contentType }) => {
    const told = JSON.stringify(writeGeminiError(error));
    if (contentType?.startsWith('application/json') === true) return `,\n${told}]`;
    // As its own writer breaks off: a record that never ends makes Gemini CLI repeat the request.
    return `data: ${told}\n\ndata: {`;
  },
};

/** Events are numbered. Within a text, the quotation marks of the name would be escaped. */
function numberAfter(events: string): number {
  const name = '"sequence_number":';
  const start = events.lastIndexOf(name);
  return start === -1 ? 0 : Number.parseInt(events.slice(start + name.length), 10) + 1;
}

/**
 * The in-band error of a stream that this function passes on and did not write, without a success terminator. What the
 * stream's own writer would know of it is not told.
 */
export function breakStream(dialect: DialectName, error: GatewayError, stream: BrokenStream): string {
  return writers[dialect](error, stream);
}
