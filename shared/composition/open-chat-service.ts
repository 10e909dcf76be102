import { ChatIndex } from '../chats/chat-index.ts';
import type { NativeSettings } from '../dialects/native/read-request.ts';
import { searchInfoModes } from '../dialects/openai-chat/options.ts';
import type { Settings } from '../read-settings.ts';
import { ChatService } from '../relay/chat-service.ts';
import type { Access } from './open-access.ts';
import type { Upstream } from './open-upstream.ts';

export function openChatService(access: Access, { means, catalogue }: Upstream): ChatService {
  const { settings, table } = access;
  return new ChatService({
    means,
    catalogue,
    chats: new ChatIndex(table),
    keepChats: settings.boolean('KEEP_CHATS'),
    holdFor: settings.integer('FIRST_EVENT_SECONDS') * 1000,
    idleAfter: settings.integer('IDLE_EVENT_SECONDS') * 1000,
  });
}

/** The settings that chat dialects are made with. */
export function dialectSettings(settings: Settings): NativeSettings {
  const mode = settings.text('SEARCH_INFO_MODE');
  return {
    outputThinking: settings.boolean('OUTPUT_THINK'),
    searchInfoMode: searchInfoModes.find((known) => known === mode) ?? 'annotations',
    defaultModel: settings.text('DEFAULT_MODEL'),
  };
}
