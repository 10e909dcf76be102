import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import type { ResponsesRequest } from '../dialects/openai-responses/read-request.ts';
import type { HttpResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import { answerWithPicture } from '../images/answer-with-picture.ts';
import { newestPictures, type PictureCalls } from '../images/called-picture.ts';
import { PictureSequel } from '../images/picture-sequel.ts';
import type { ModelNames } from '../models/model-names.ts';
import type { ChatService } from '../relay/chat-service.ts';
import type { StreamingOptions } from '../relay/respond-streamed.ts';

export interface ResponseAnswersOptions extends StreamingOptions {
  readonly chats: Pick<ChatService, 'answerRead'>;
  readonly pictures: Pick<PictureCalls, 'begin'>;
  readonly modelNames: Pick<ModelNames, 'find'>;
}

/** How one response is served, beside what its request says. */
export interface ResponseAnswerOptions {
  /** What the response's own id is made of. */
  readonly id: string;
  /** Is waited for when a good answer is whole, before its caller hears the end. */
  readonly beforeEnd?: () => Promise<void>;
}

/** Makes the answers of responses: by a chat, by a picture, or by a chat that calls for pictures. */
export class ResponseAnswers {
  readonly #options: ResponseAnswersOptions;

  constructor(options: ResponseAnswersOptions) {
    this.#options = options;
  }

  /** @throws GatewayError for everything that goes wrong before the first byte. */
  async answer(read: ResponsesRequest, call: Call, options: ResponseAnswerOptions): Promise<HttpResponse> {
    const { chats, pictures, holdFor, idleAfter } = this.#options;
    const { pictures: wishes, request } = read;
    const chatOptions = { life: 'single-answer', ...options } as const;
    if (wishes === undefined) return chats.answerRead(read, call, chatOptions);
    if (wishes.isDemanded || (await this.#makesPictures(request.model, call))) {
      refuseNoPicture(read);
      return answerWithPicture(read, call, { ...options, pictures, wishes, holdFor, idleAfter });
    }
    const { toolName } = wishes;
    return chats.answerRead(read, call, {
      ...chatOptions,
      sequel: () => new PictureSequel({ pictures, request, wishes, toolName, call }),
    });
  }

  /** Of a name that ends with `-image`, a picture is the answer. */
  async #makesPictures(model: string, { caller }: Call): Promise<boolean> {
    const { output } = (await this.#options.modelNames.find(model, caller)).features;
    return output === 'image' || output === 'image-edit';
  }
}

/** @throws InvalidRequestError */
function refuseNoPicture({ pictures, request }: ResponsesRequest): void {
  if (pictures?.action !== 'edit' || newestPictures(request.messages).length > 0) return;
  throw new InvalidRequestError("The tool is to 'edit' a picture, and 'input' holds none.", { param: 'input' });
}
