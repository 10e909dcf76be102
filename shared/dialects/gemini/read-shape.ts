import { type AspectRatio, readAnyRatio } from '../../chat/aspect-ratio.ts';
import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { GeminiBody } from './request-body.ts';

/** Reads the shape of a picture. Google has more of them than the upstream: the nearest counts. @throws InvalidRequestError */
export function readShape({ generationConfig }: Pick<GeminiBody, 'generationConfig'>): {
  readonly aspectRatio?: AspectRatio;
} {
  const asked = generationConfig?.imageConfig?.aspectRatio;
  if (!asked) return {};
  const aspectRatio = readAnyRatio(asked);
  if (aspectRatio !== undefined) return { aspectRatio };
  const param = 'generationConfig.imageConfig.aspectRatio';
  throw new InvalidRequestError(`'${param}' must be a ratio such as 16:9.`, { param });
}
