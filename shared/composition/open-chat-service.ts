import { ChatIndex } from '../chats/chat-index.ts';
import type { NativeSettings } from '../dialects/native/read-request.ts';
import { type ConversationIds, conversationIdModes } from '../dialects/openai-chat/conversation-fields.ts';
import { searchInfoModes } from '../dialects/openai-chat/options.ts';
import type { Environment, Settings } from '../read-settings.ts';
import { ChatService } from '../relay/chat-service.ts';
import type { ChatLife } from '../relay/conversations.ts';
import { ConversationHandles } from '../threads/conversation-handles.ts';
import { type CallFormatName, callFormatNames } from '../tools/call-format.ts';
import { ChatVideos } from '../videos/chat-videos.ts';
import type { Access } from './open-access.ts';
import { openConversations } from './open-conversations.ts';
import { openRequestMedia } from './open-request-media.ts';
import type { Upstream } from './open-upstream.ts';
import { openVideoService } from './open-video-service.ts';

/** @param environment of functions that may order videos; others refuse requests for them. */
export function openChatService(access: Access, opened: Upstream, environment?: Environment): ChatService {
  const { means, catalogue, modelNames, upstream } = opened;
  const { settings, table } = access;
  const idleAfter = settings.integer('IDLE_EVENT_SECONDS') * 1000;
  const chats = new ChatIndex(table);
  const orders = environment && openVideoService(access, opened, environment);
  return new ChatService({
    means,
    catalogue,
    modelNames,
    chats,
    conversations: openConversations(access, chats),
    handles: new ConversationHandles(() => opened.deriveKey('conversation ids')),
    media: openRequestMedia(access, upstream),
    keepChats: settings.boolean('KEEP_CHATS'),
    callFormat: callFormatOf(settings),
    holdFor: settings.integer('FIRST_EVENT_SECONDS') * 1000,
    idleAfter,
    ...(orders && { videos: new ChatVideos(orders, idleAfter) }),
  });
}

/** The markup in which calls of tools are asked for first. */
export function callFormatOf(settings: Settings): CallFormatName {
  return callFormatNames.find((name) => name === settings.text('TOOL_CALL_FORMAT')) ?? 'bracket';
}

/** The settings that chat dialects are made with. */
export function dialectSettings(settings: Settings): NativeSettings {
  const mode = settings.text('SEARCH_INFO_MODE');
  return {
    outputThinking: settings.boolean('OUTPUT_THINK'),
    searchInfoMode: searchInfoModes.find((known) => known === mode) ?? 'annotations',
    defaultModel: settings.text('DEFAULT_MODEL'),
    conversationIds: conversationIdsOf(settings),
  };
}

/** How the chats of chat completions live on: those whose callers are told a handle stay, so that it is good for something. */
export function completionsLife(settings: Settings): ChatLife {
  return conversationIdsOf(settings) === 'off' ? 'single-answer' : 'index';
}

function conversationIdsOf(settings: Settings): ConversationIds {
  return conversationIdModes.find((known) => known === settings.text('CONVERSATION_IDS')) ?? 'off';
}
