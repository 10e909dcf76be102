import type { AspectRatio } from '../chat/aspect-ratio.ts';
import type { CalledPicture } from '../chat/event.ts';
import { mediaOf } from '../chat/media-of.ts';
import type { ChatMessage, ChatRequest, ContentPart } from '../chat/request.ts';
import { noTools } from '../chat/tool.ts';
import type { Usage } from '../chat/usage.ts';
import type { Call, Caller } from '../http/invocation.ts';
import type { ModelNames } from '../models/model-names.ts';
import { detail } from './compile-prompt.ts';
import type { PictureMaker } from './picture-maker.ts';

/** What a request says of the pictures that its answer may hold. */
export interface PictureWishes {
  /** The model that is to make them; the request's own when absent. */
  readonly model?: string;
  readonly aspectRatio?: AspectRatio;
  readonly isDetailed: boolean;
  readonly isOpaque: boolean;
  readonly action: 'auto' | 'generate' | 'edit';
}

/** A picture for an answer: what it is made of. */
export interface PictureCall {
  readonly messages: readonly ChatMessage[];
  /** The name of the request's own model. */
  readonly model: string;
  readonly wishes: PictureWishes;
}

/** A picture on its way into an answer. */
export interface CalledPictureUnderWay {
  /** Rejects with a GatewayError when there is none. */
  readonly done: Promise<{ readonly picture: CalledPicture; readonly usage: Usage | undefined }>;
  readonly headers: Readonly<Record<string, string>>;
  /** Nobody waits for it any more. */
  abandon(): void;
}

export interface PictureCallsOptions {
  readonly maker: PictureMaker;
  readonly modelNames: Pick<ModelNames, 'find'>;
  /** Makes the pictures of models that make none. */
  readonly defaultModel: string;
}

/** Makes pictures for answers, as files. */
export class PictureCalls {
  readonly #options: PictureCallsOptions;

  constructor(options: PictureCallsOptions) {
    this.#options = options;
  }

  /** @throws GatewayError when the picture can't be made, before anything is begun. */
  async begin({ messages, model, wishes }: PictureCall, call: Call): Promise<CalledPictureUnderWay> {
    const shown = wishes.action === 'generate' ? withoutPictures(messages) : messages;
    const isEdit = shown.some((message) => mediaOf(message).some(({ type }) => type === 'image'));
    const request: ChatRequest = {
      model: wishes.model ?? (await this.#ableModel(model, isEdit, call.caller)),
      messages: wishes.isDetailed ? withDetail(shown) : shown,
      features: {},
      limits: { stopSequences: [] },
      format: { type: 'text' },
      tools: noTools,
      output: isEdit ? 'image-edit' : 'image',
      ...(wishes.aspectRatio && { aspectRatio: wishes.aspectRatio }),
    };
    const order = { count: 1, stream: false, form: 'b64_json', look: { isOpaque: false } } as const;
    const { outcomes, headers, abandon } = await this.#options.maker.begin(request, order, call);
    const facts = {
      action: isEdit ? 'edit' : 'generate',
      prompt: wordsOf(request.messages),
      quality: wishes.isDetailed ? 'high' : 'auto',
      background: wishes.isOpaque ? 'opaque' : 'auto',
    } as const;
    const making = async () => {
      const { value: outcome } = await outcomes.next();
      if ('error' in outcome) throw outcome.error;
      const { content, format, size, usage } = outcome.made;
      const base64 = 'b64_json' in content ? content.b64_json : content.url;
      return { picture: { base64, ...facts, ...(format && { format }), ...(size && { size }) }, usage };
    };
    return { done: making(), headers, abandon };
  }

  async #ableModel(name: string, isEdit: boolean, caller: Caller): Promise<string> {
    const { modelNames, defaultModel } = this.#options;
    const { capabilities } = (await modelNames.find(name, caller)).model;
    return (isEdit ? capabilities.imageEdit : capabilities.image) ? name : defaultModel;
  }
}

/** The user's last words. */
export function wordsOf(messages: readonly ChatMessage[]): string {
  const content = messages.findLast(({ role }) => role === 'user')?.content ?? [];
  return typeof content === 'string'
    ? content
    : content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** The newest message with pictures, as these; empty when there is none. */
export function newestPictures(messages: readonly ChatMessage[]): readonly ContentPart[] {
  for (const message of messages.toReversed()) {
    const pictures = mediaOf(message).filter(({ type }) => type === 'image');
    if (pictures.length > 0) return pictures;
  }
  return [];
}

function withoutPictures(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  return messages.map((message) =>
    message.role === 'user' ? { ...message, content: message.content.filter(({ type }) => type !== 'image') } : message,
  );
}

function withDetail(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  return messages.map((message, index) =>
    index === last && message.role === 'user'
      ? { ...message, content: [...message.content, { type: 'text', text: `\n\n${detail}` }] }
      : message,
  );
}
