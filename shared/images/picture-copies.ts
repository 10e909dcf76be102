import { randomBytes } from 'node:crypto';
import type { LinkedObjects } from '../objects/linked-objects.ts';
import { objectPrefixes } from '../objects/object-lifetimes.ts';
import type { ObjectLinks } from '../objects/object-links.ts';
import type { PictureFormat } from './image-order.ts';

export interface PictureCopiesOptions {
  readonly objects: Pick<LinkedObjects, 'put'>;
  readonly links: Pick<ObjectLinks, 'signGet'>;
  /** Told when the bucket can't be used; the caller gets the picture in another way then. */
  readonly onStoreError: (error: unknown) => void;
}

/** Keeps a picture. @returns a link to it, `undefined` when it could not be kept. */
export type KeepPicture = (bytes: Buffer, format: PictureFormat, signal: AbortSignal) => Promise<string | undefined>;

/** How long a link to a copy opens it. */
const linkSeconds = 3600;

/** The pictures that callers get by URL, in the owner's bucket: the upstream's links end, and know no other formats. */
export class PictureCopies {
  readonly #options: PictureCopiesOptions;

  constructor(options: PictureCopiesOptions) {
    this.#options = options;
  }

  /** @returns keeps pictures of this caller. @param onKept told of each picture's key. */
  of(callerId: string, onKept: (key: string) => void = () => {}): KeepPicture {
    const { objects, links, onStoreError } = this.#options;
    return async (bytes, format, signal) => {
      const key = `${objectPrefixes.results}${callerId}/picture_${randomBytes(16).toString('hex')}.${format}`;
      try {
        await objects.put(key, bytes, { mediaType: `image/${format}` }, signal);
        const link = await links.signGet(key, { seconds: linkSeconds });
        onKept(key);
        return link;
      } catch (error) {
        signal.throwIfAborted();
        onStoreError(error);
        return undefined;
      }
    };
  }
}
