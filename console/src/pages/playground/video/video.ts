/** A video as `GET /v1/videos/{id}` has it. */
export interface Video {
  readonly id: string;
  readonly status: 'queued' | 'in_progress' | 'completed' | 'failed';
  /** From 0 to 100. */
  readonly progress: number;
  readonly model: string;
  readonly prompt: string;
  readonly size: string;
  readonly seconds: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Where it can be seen once it is there. */
  readonly url?: string;
}

/** What is set for a video. An empty text leaves the choice to the gateway. */
export interface VideoOptions {
  model: string;
  prompt: string;
  size: string;
  seconds: number | '';
}

export const videoSizes = ['16:9', '9:16', '1:1', '4:3', '3:4', '1280x720', '720x1280'] as const;

/** The body for `POST /v1/videos`. */
export function videoRequest({ model, prompt, size, seconds }: VideoOptions): object {
  return {
    prompt,
    ...(model !== '' && { model }),
    ...(size !== '' && { size }),
    ...(seconds !== '' && { seconds }),
  };
}

/** Whether nothing more becomes of it. */
export function isOver({ status }: Video): boolean {
  return status === 'completed' || status === 'failed';
}
