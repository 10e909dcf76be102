import { randomUUID } from 'node:crypto';
import type { ChatRequest } from '../../chat/request.ts';
import type { ResolvedFeatures } from '../../chat/upstream.ts';
import { featureConfig, pictureFeatureConfig } from './feature-config.ts';
import type { FileReference } from './image-files.ts';

/** What one completion asks. */
export interface CompletionQuestion extends Pick<ChatRequest, 'output' | 'aspectRatio'> {
  readonly chatId: string;
  /** The answer to go on from; `null` in a new chat. */
  readonly parentId: string | null;
  /** The upstream's id of the model. */
  readonly model: string;
  readonly content: string;
  readonly files: readonly FileReference[];
  readonly features: ResolvedFeatures;
}

/** The kinds of chat that requests need (qwen-web §2). */
export type ChatType = 't2t' | 'search' | 't2i' | 'image_edit' | 't2v';

/** @returns the kind of chat that serves these features, or makes what is to be made. */
export function chatTypeOf({ features, output }: Pick<CompletionQuestion, 'features' | 'output'>): ChatType {
  if (output === 'image') return 't2i';
  if (output === 'image-edit') return 'image_edit';
  return features.search ? 'search' : 't2t';
}

/**
 * The body of a completion (qwen-web §4.1). It has the full form of the site's front end, because shorter ones are
 * challenged more often, and exactly one message, because more are refused.
 */
export function completionBody(question: CompletionQuestion): object {
  const { chatId, parentId, model, aspectRatio } = question;
  const timestamp = Math.floor(Date.now() / 1000);
  return {
    stream: true,
    version: '2.1',
    incremental_output: true,
    chat_id: chatId,
    chat_mode: 'normal',
    model,
    parent_id: parentId,
    messages: [messageBody(question, timestamp)],
    timestamp,
    ...(aspectRatio === undefined ? {} : { size: aspectRatio }),
  };
}

function messageBody(question: CompletionQuestion, timestamp: number): object {
  const { parentId, model, content, files, features } = question;
  const chatType = chatTypeOf(question);
  const isText = chatType === 't2t' || chatType === 'search';
  return {
    fid: randomUUID(),
    parentId,
    childrenIds: [randomUUID()],
    role: 'user',
    content,
    user_action: 'chat',
    files,
    timestamp,
    models: [model],
    chat_type: chatType,
    feature_config: isText ? featureConfig(features) : pictureFeatureConfig,
    extra: { meta: { subChatType: chatType } },
    sub_chat_type: chatType,
    parent_id: parentId,
  };
}
