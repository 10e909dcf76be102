import { InvalidRequestError, UnsupportedParameterError } from '../chat/errors/request-errors.ts';
import type { MediaPart } from '../chat/request.ts';
import type { ResolvedChatRequest } from '../chat/upstream.ts';
import type { FileKind } from '../files/file-type.ts';
import { partLimit } from '../files/limits.ts';
import { invalidMedia } from '../files/media-errors.ts';
import { fieldOf } from '../files/media-reader.ts';

/** @throws InvalidRequestError */
export function refuseTooMany(parts: readonly MediaPart[]): void {
  const [tooMany] = parts.slice(partLimit);
  if (tooMany === undefined) return;
  throw new InvalidRequestError(`At most ${partLimit} pictures, videos and files are taken; leave older ones out.`, {
    param: fieldOf(tooMany),
  });
}

/** @throws UnsupportedParameterError when the model can't look at pictures and films, or makes pictures out of pictures only. */
export function refuseBlind(kind: MediaPart['type'] | FileKind, part: MediaPart, request: ResolvedChatRequest): void {
  const { target, output = 'text' } = request;
  if (output !== 'text') refuseNoPicture(kind, part);
  if (output !== 'text' || (kind !== 'image' && kind !== 'video') || target.capabilities.vision) return;
  throw new UnsupportedParameterError(`The model ${target.id} can't look at pictures or videos. Ask one that can.`, {
    param: fieldOf(part),
  });
}

/** Whether the model changes pictures was asked before. */
function refuseNoPicture(kind: MediaPart['type'] | FileKind, part: MediaPart): void {
  if (kind === 'image') return;
  throw new UnsupportedParameterError('Pictures are made of words and other pictures only.', { param: fieldOf(part) });
}

/**
 * Clients send all kinds of files as files, but nothing else as a picture or a video.
 *
 * @throws InvalidRequestError naming the client's field.
 */
export function checkKind(part: MediaPart, kind: FileKind | undefined, request: ResolvedChatRequest): void {
  if (kind === undefined) return;
  if (part.type === 'image' && kind !== 'image') throw invalidMedia(fieldOf(part), 'is no picture.');
  if (part.type === 'video' && kind !== 'video') throw invalidMedia(fieldOf(part), 'is no video.');
  refuseBlind(kind, part, request);
}
