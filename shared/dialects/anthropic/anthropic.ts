import type { ChatDialect } from '../../chat/dialect.ts';
import type { AnthropicSettings } from './options.ts';
import { readAnthropic } from './read-request.ts';

/** Makes the dialect of Anthropic's messages (client-apis C.2). */
export function createAnthropic(settings: AnthropicSettings): ChatDialect {
  return { name: 'anthropic', read: (body) => readAnthropic(body, settings) };
}
