import type { ChatRequest } from '../chat/request.ts';
import { noTools } from '../chat/tool.ts';
import type { Call } from '../http/invocation.ts';
import type { ChatJob } from '../relay/chat-job.ts';
import type { ChatService } from '../relay/chat-service.ts';
import type { OpenMedia, RequestMedia } from '../relay/request-media.ts';
import { type FinishedPicture, finishPicture } from './finish-picture.ts';
import { gatherPicture } from './gather-picture.ts';
import type { ImageOrder } from './image-order.ts';
import { makeSeveral, type Outcome } from './make-several.ts';
import type { PictureSource } from './picture-source.ts';

export interface PictureMakerOptions {
  readonly chats: Pick<ChatService, 'prepare' | 'guard'>;
  readonly media: Pick<RequestMedia, 'open'>;
  readonly source: PictureSource;
}

/** The pictures of one order, on their way. */
export interface PicturesUnderWay {
  readonly outcomes: AsyncGenerator<Outcome<FinishedPicture>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Nobody waits for them any more. */
  abandon(): void;
}

/** Makes the pictures of orders, each by a chat of its own. */
export class PictureMaker {
  readonly #options: PictureMakerOptions;

  constructor(options: PictureMakerOptions) {
    this.#options = options;
  }

  /** @throws GatewayError when the order can't be served, before anything is begun. */
  async begin(order: ImageOrder, call: Call): Promise<PicturesUnderWay> {
    const { chats, media } = this.#options;
    const request = requestOf(order);
    const options = { life: 'single-answer', media: openedOnce(media) } as const;
    const first = await chats.prepare(request, call, options);
    const prepared: ChatJob[] = [first];
    const running = new Set<ChatJob>();
    let isAbandoned = false;
    call.note({ model: first.options.request.target.id, images: order.count, stream: order.stream });
    const make = async (): Promise<FinishedPicture> => {
      const job = prepared.shift() ?? (await chats.prepare(request, call, options));
      running.add(job);
      if (isAbandoned) job.options.deadline.abandon();
      try {
        return await chats.guard(call, () => this.#make(job, order));
      } finally {
        job.options.deadline.clear();
        running.delete(job);
      }
    };
    return {
      outcomes: makeSeveral(order.count, make),
      headers: first.headers,
      abandon: () => {
        isAbandoned = true;
        for (const job of running) job.options.deadline.abandon();
      },
    };
  }

  async #make(job: ChatJob, order: ImageOrder): Promise<FinishedPicture> {
    const { after, deadline } = job.options;
    const { served, picture } = await job.serve(async (answer) => ({
      served: answer,
      picture: await gatherPicture(answer.events),
    }));
    after.finished(served);
    return finishPicture(picture, order, this.#options.source, deadline.signal);
  }
}

function requestOf({ kind, model, prompt, pictures, aspectRatio }: ImageOrder): ChatRequest {
  return {
    model,
    messages: [{ role: 'user', content: [{ type: 'text', text: prompt }, ...pictures] }],
    features: {},
    limits: { stopSequences: [] },
    format: { type: 'text' },
    tools: noTools,
    output: kind === 'image_edit' ? 'image-edit' : 'image',
    ...(aspectRatio && { aspectRatio }),
  };
}

/** The pictures to change are fetched and looked at once, however many are made of them. */
function openedOnce(media: Pick<RequestMedia, 'open'>): Pick<RequestMedia, 'open'> {
  let opened: Promise<OpenMedia> | undefined;
  return {
    open: (request, signal) => {
      opened ??= media.open(request, signal);
      return opened;
    },
  };
}
