import { onScopeDispose, ref, shallowRef } from 'vue';
import { api } from '../../../api/api.ts';
import { followVideo } from './follow-video.ts';
import { type Video, type VideoOptions, videoRequest } from './video.ts';

/** A video of this page, and why nothing more is known of it. */
export interface ShownVideo extends Video {
  readonly trouble?: unknown;
}

/** Orders videos and follows them. They go on when the page is left; it is the jobs page that has them all. */
export function useVideos() {
  const videos = shallowRef<readonly ShownVideo[]>([]);
  const error = shallowRef<unknown>();
  const ordering = ref(false);
  const leaving = new AbortController();
  onScopeDispose(() => leaving.abort());

  const change = (id: string, more: Partial<ShownVideo>) => {
    videos.value = videos.value.map((one) => (one.id === id ? { ...one, ...more } : one));
  };

  async function order(options: VideoOptions): Promise<void> {
    ordering.value = true;
    error.value = undefined;
    try {
      const video = await api.post<Video>('/v1/videos', videoRequest(options));
      videos.value = [video, ...videos.value];
      void follow(video.id);
    } catch (failure) {
      error.value = failure;
    } finally {
      ordering.value = false;
    }
  }

  async function follow(id: string): Promise<void> {
    change(id, { trouble: undefined });
    try {
      await followVideo(api, id, leaving.signal, (video) => change(id, video));
    } catch (trouble) {
      change(id, { trouble });
    }
  }

  /** Deletes it, whether or not it is there yet. @throws GatewayError */
  async function remove(id: string): Promise<void> {
    await api.delete(`/v1/videos/${encodeURIComponent(id)}`);
    videos.value = videos.value.filter((one) => one.id !== id);
  }

  return { videos, error, ordering, order, follow, remove };
}
