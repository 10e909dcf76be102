import { readBody } from '../dialects/read-body.ts';
import type { ImageOrder } from './image-order.ts';
import { generationBody } from './order-body.ts';
import { readCommon } from './read-common.ts';

/**
 * Reads the body of `POST /v1/images/generations`.
 *
 * @throws InvalidRequestError naming the field.
 */
export function readGeneration(body: unknown, defaultModel: string): ImageOrder {
  const read = readBody(generationBody, body);
  const common = readCommon(read, read.prompt, defaultModel);
  return { kind: 'image_generation', pictures: [], aspectRatio: '1:1', ...common };
}
