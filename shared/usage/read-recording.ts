import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import type { ObjectReader } from '../objects/object-reader.ts';
import { recordingKey } from './recording-key.ts';
import type { RequestContent } from './request-routes.ts';

const contentForm = z.object({ request: z.string(), answer: z.string() });
/** Milliseconds. */
const readLimit = 20_000;

/** @returns reads what was said in a request; `undefined` when it is not kept any more. */
export function createReadRecording(
  objects: Pick<ObjectReader, 'open'>,
): (requestId: string) => Promise<RequestContent | undefined> {
  return async (requestId) => {
    const opened = await objects.open(recordingKey(requestId), AbortSignal.timeout(readLimit));
    if (opened === undefined) return undefined;
    const read = z.safeParse(contentForm, JSON.parse(await text(opened.stream)));
    return read.success ? read.data : undefined;
  };
}
