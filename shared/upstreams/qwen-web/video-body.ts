import { randomUUID } from 'node:crypto';
import type { VideoRequest } from '../../chat/video-upstream.ts';
import { featureConfig } from './feature-config.ts';

/** The kind of chat that makes videos (qwen-web §5.3). */
export const videoChatType = 't2v';

/** The body that asks for a video (qwen-web §5.3): not streamed, with the ratio at the top. */
export function videoBody(chatId: string, { model, prompt, aspectRatio }: VideoRequest): object {
  const timestamp = Math.floor(Date.now() / 1000);
  return {
    stream: false,
    version: '2.1',
    incremental_output: true,
    chat_id: chatId,
    chat_mode: 'normal',
    model,
    parent_id: null,
    messages: [
      {
        fid: randomUUID(),
        parentId: null,
        childrenIds: [randomUUID()],
        role: 'user',
        content: prompt,
        user_action: 'chat',
        files: [],
        timestamp,
        models: [model],
        chat_type: videoChatType,
        feature_config: featureConfig({ thinking: false, search: false }),
        extra: { meta: { subChatType: videoChatType, size: aspectRatio } },
        sub_chat_type: videoChatType,
        parent_id: null,
      },
    ],
    timestamp,
    size: aspectRatio,
  };
}
