import type { ChatMessage, ChatRequest, ContentPart } from '../chat/request.ts';
import type { ResolvedChatRequest } from '../chat/upstream.ts';
import { AnswerAttempts } from '../tools/answer-attempts.ts';
import type { CallFormatName } from '../tools/call-format.ts';
import { foldMessages } from '../upstreams/qwen-web/fold-messages.ts';

/** What a request would send, for counting. */
export interface SentWords {
  /** The very text of the first attempt: tools, results and format wishes are part of it. */
  readonly text: string;
  /** Pictures, videos and files, which travel beside the text. */
  readonly attachments: number;
}

/** @param format the markup in which calls are asked for first. */
export function sentWords(request: ChatRequest, format: CallFormatName): SentWords {
  const resolved = { ...request, messages: request.messages.map(wordsOf), target: anyModel, features: noFeatures };
  const sent = new AnswerAttempts(resolved, format).next().request;
  return {
    text: foldMessages(sent).content,
    attachments: request.messages.flatMap(contentOf).filter(({ type }) => type !== 'text').length,
  };
}

const noFeatures = { thinking: false, search: false };

/** The words of a request do not depend on the model. */
const anyModel: ResolvedChatRequest['target'] = {
  id: '',
  displayName: '',
  ownedBy: '',
  createdAt: 0,
  capabilities: { thinking: false, search: false, vision: false, image: false, imageEdit: false, video: false },
};

function contentOf(message: ChatMessage): readonly ContentPart[] {
  return message.role === 'user' || message.role === 'tool' ? message.content : [];
}

function wordsOf(message: ChatMessage): ChatMessage {
  if (message.role !== 'user' && message.role !== 'tool') return message;
  return { ...message, content: message.content.filter(({ type }) => type === 'text') };
}
