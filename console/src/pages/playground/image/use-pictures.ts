import { onScopeDispose, ref, shallowRef } from 'vue';
import { api } from '../../../api/api.ts';
import { type MadePicture, madePictures } from './made-pictures.ts';
import type { PictureOptions } from './picture-options.ts';
import { pictureRequest } from './picture-request.ts';

/** One picture of this page, newest first; gone with the page. */
export interface ShownPicture extends MadePicture {
  readonly id: number;
  readonly prompt: string;
}

/** Makes pictures, and keeps them while the page is there. */
export function usePictures() {
  const pictures = shallowRef<readonly ShownPicture[]>([]);
  const error = shallowRef<unknown>();
  /** How many are still to come. */
  const awaited = ref(0);
  let asking: AbortController | undefined;

  async function make(options: PictureOptions, sources: readonly string[]): Promise<void> {
    const own = new AbortController();
    asking = own;
    error.value = undefined;
    awaited.value = options.n;
    try {
      const { path, body } = pictureRequest(options, sources);
      const { prompt } = options;
      for await (const made of madePictures(api.events(path, { method: 'POST', body, signal: own.signal }))) {
        pictures.value = [{ ...made, id: pictures.value.length, prompt }, ...pictures.value];
        awaited.value = Math.max(0, awaited.value - 1);
      }
    } catch (failure) {
      if (!own.signal.aborted) error.value = failure;
    } finally {
      awaited.value = 0;
    }
  }

  const stop = () => asking?.abort();
  onScopeDispose(stop);
  return { pictures, error, awaited, make, stop };
}
