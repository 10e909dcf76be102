import type { ChatRequest } from '../chat/request.ts';
import type { Call } from '../http/invocation.ts';
import type { ChatJob } from '../relay/chat-job.ts';
import type { ChatService } from '../relay/chat-service.ts';
import type { OpenMedia } from '../relay/open-media.ts';
import type { RequestMedia } from '../relay/request-media.ts';
import type { FinishedPicture } from './finish-picture.ts';
import { gatherPicture, type MadePicture } from './gather-picture.ts';
import type { ImageOrder } from './image-order.ts';
import { makeSeveral, type Outcome } from './make-several.ts';
import type { KeepPicture, PictureCopies } from './picture-copies.ts';

export interface PictureMakerOptions {
  readonly chats: Pick<ChatService, 'prepare' | 'guard'>;
  readonly media: Pick<RequestMedia, 'open'>;
  /**
   * Brings a picture into the form that was asked for.
   *
   * @param keep absent when pictures stay where the upstream has them.
   */
  readonly finish: (
    made: MadePicture,
    order: PictureForm,
    signal: AbortSignal,
    keep: KeepPicture | undefined,
  ) => Promise<FinishedPicture>;
  /** Absent when pictures stay where the upstream has them. */
  readonly copies?: PictureCopies | undefined;
}

/** What of an order is for after the pictures were made. */
export type PictureForm = Pick<ImageOrder, 'form' | 'look'>;

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

  /**
   * @param request what the upstream is asked for each picture.
   * @throws GatewayError when the order can't be served, before anything is begun.
   */
  async begin(
    request: ChatRequest,
    order: PictureForm & Pick<ImageOrder, 'count' | 'stream'>,
    call: Call,
  ): Promise<PicturesUnderWay> {
    const { chats, media } = this.#options;
    const admitted = call.meter?.admit({ images: order.count });
    const options = {
      life: 'single-answer',
      media: openedOnce(media, call.caller.id),
      ...(admitted && { admitted }),
    } as const;
    const first = await chats.prepare(request, call, options);
    const prepared: ChatJob[] = [first];
    const running = new Set<ChatJob>();
    let isAbandoned = false;
    const target = first.options.request.target.id;
    call.meter?.describe({ model: request.model, target, stream: order.stream });
    call.note({ model: target, images: order.count, stream: order.stream });
    const make = async (): Promise<FinishedPicture> => {
      const job = prepared.shift() ?? (await chats.prepare(request, call, options));
      running.add(job);
      if (isAbandoned) job.options.deadline.abandon();
      try {
        return await chats.guard(call, () => this.#make(job, order, call));
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

  async #make(job: ChatJob, order: PictureForm, { caller, meter }: Call): Promise<FinishedPicture> {
    const { after, deadline } = job.options;
    const { served, picture } = await job.serve(async (answer) => ({
      served: answer,
      picture: await gatherPicture(answer.events),
    }));
    after.finished(served);
    const { finish, copies } = this.#options;
    // Nothing is kept of callers who bring their own tokens.
    const keys: string[] = [];
    const keep = caller.tokens === undefined ? copies?.of(caller.id, (key) => keys.push(key)) : undefined;
    const finished = await finish(picture, order, deadline.signal, keep);
    meter?.madeImages(1, keys);
    return finished;
  }
}

/** The pictures to change are fetched and looked at once, however many are made of them. */
function openedOnce(media: Pick<RequestMedia, 'open'>, callerId: string): Pick<RequestMedia, 'open'> {
  let opened: Promise<OpenMedia> | undefined;
  return {
    open: (request, signal) => {
      opened ??= media.open(request, signal, callerId);
      return opened;
    },
  };
}
