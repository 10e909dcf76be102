import type { ChatUpstream } from '../chat/upstream.ts';
import type { VideoUpstream } from '../chat/video-upstream.ts';
import type { Settings } from '../read-settings.ts';
import { createQwenWebUpstream } from '../upstreams/qwen-web/qwen-web-upstream.ts';

/** The upstream that the settings name, and the way to it. */
export function createUpstream(settings: Settings): ChatUpstream & { readonly videos: VideoUpstream } {
  return createQwenWebUpstream({
    baseUrl: settings.text('QWEN_CHAT_PROXY_URL'),
    idleSeconds: settings.integer('UPSTREAM_IDLE_SECONDS'),
    chatTitle: settings.text('CHAT_TITLE'),
    proxyUrl: settings.text('PROXY_URL') || undefined,
  });
}
