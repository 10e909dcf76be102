import type { StartEvent } from '../../chat/event.ts';

/** Fields that a dialect of the OpenAI family adds to each chunk and body, once the upstream has named its chat. */
export type ExtraFields = (start: StartEvent) => Readonly<Record<string, string>>;
