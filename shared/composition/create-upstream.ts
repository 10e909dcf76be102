import { temporaryTitle } from '../chats/temporary-title.ts';
import type { Settings } from '../read-settings.ts';
import { createQwenWebUpstream, type QwenWeb } from '../upstreams/qwen-web/qwen-web-upstream.ts';

/** The upstream that the settings name, and the way to it. */
export function createUpstream(settings: Settings): QwenWeb {
  const chatTitle = settings.text('CHAT_TITLE');
  return createQwenWebUpstream({
    baseUrl: settings.text('QWEN_CHAT_PROXY_URL'),
    idleSeconds: settings.integer('UPSTREAM_IDLE_SECONDS'),
    chatTitle,
    // Chats that stay in the account must not look like what the sweeper may take.
    ...(!settings.boolean('KEEP_CHATS') && { temporaryTitle: () => temporaryTitle(chatTitle) }),
    messageBytes: settings.integer('MESSAGE_BYTES'),
    proxyUrl: settings.text('PROXY_URL') || undefined,
  });
}
