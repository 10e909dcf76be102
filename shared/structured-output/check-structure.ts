import type { ChatEvents } from '../chat/event.ts';
import type { AnswerFormat } from '../chat/request.ts';
import { StructuredAnswer } from './structured-answer.ts';

/**
 * Checks an answer against the format that its request asks for.
 *
 * @returns `events` itself when plain text is asked for.
 */
export function checkStructure(events: ChatEvents, format: AnswerFormat): ChatEvents {
  return format.type === 'text' ? events : checked(events, new StructuredAnswer(format));
}

async function* checked(events: ChatEvents, answer: StructuredAnswer): ChatEvents {
  for await (const batch of events) {
    const passed = answer.push(batch);
    if (passed.length > 0) yield passed;
  }
}
