import { RouteNotFoundError } from '../chat/errors/request-errors.ts';
import type { RouteHandler, RouteKey } from '../http/endpoint.ts';
import type { Call } from '../http/invocation.ts';
import type { StreamingOptions } from '../relay/respond-streamed.ts';
import type { ImageOrder } from './image-order.ts';
import { orderRequest } from './order-request.ts';
import type { PictureMaker } from './picture-maker.ts';
import { readEdit } from './read-edit.ts';
import { readGeneration } from './read-generation.ts';
import { respondPictures } from './respond-pictures.ts';
import { streamPictures } from './stream-pictures.ts';

export interface ImageRoutesOptions extends StreamingOptions {
  readonly maker: PictureMaker;
  readonly defaultModel: string;
}

/** The handlers of OpenAI's images API (client-apis C.1). */
export function createImageRoutes(options: ImageRoutesOptions): Readonly<Record<RouteKey, RouteHandler>> {
  const { maker, defaultModel } = options;
  const serve = async (order: ImageOrder, call: Call) => {
    const pictures = await maker.begin(orderRequest(order), order, call);
    if (!order.stream) return respondPictures(order, pictures);
    return streamPictures(order, pictures, options, (error) => call.note({ brokenBy: error }));
  };
  return {
    'POST /v1/images/generations': async (call) => serve(readGeneration(call.body, defaultModel), call),
    'POST /v1/images/edits': async (call) => serve(await readEdit(call.body, defaultModel), call),
    'POST /v1/images/variations': async () => {
      throw new RouteNotFoundError(
        'Variations are no longer part of the images API. Send the picture to /v1/images/edits, with a prompt.',
      );
    },
  };
}
