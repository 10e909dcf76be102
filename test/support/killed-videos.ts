import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import type { Simulator } from '../../local/simulator/simulator.ts';

/** Milliseconds after which a client that got no answer asks again. */
const patience = 200;

const videoForm = z.object({
  id: z.string(),
  status: z.string(),
  prompt: z.string(),
  error: z.nullable(z.object({ code: z.string() })),
});

export type SeenVideo = z.infer<typeof videoForm>;

/** Sends a request to wherever the gateway is just now. */
export type Send = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Response>;

/** A client that never gives up, and sends the same key with each try. */
export class StubbornClient {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** Orders a video with this prompt. @returns its id. */
  async order(prompt: string): Promise<string> {
    const video = await this.#insist(
      'POST',
      '/v1/videos',
      { model: 'qwen3.7-plus', prompt },
      { 'idempotency-key': prompt },
    );
    return video.id;
  }

  /** Asks until the video is over. */
  async whenOver(id: string): Promise<SeenVideo> {
    for (;;) {
      const video = await this.#insist('GET', `/v1/videos/${id}`);
      if (video.status === 'completed' || video.status === 'failed') return video;
      await delay(patience);
    }
  }

  async #insist(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<SeenVideo> {
    for (;;) {
      try {
        const response = await this.#send(method, path, body, headers);
        if (response.status === 200) return videoForm.parse(await response.json());
        await response.text();
      } catch {
        // Whoever was to answer is gone.
      }
      await delay(patience);
    }
  }
}

/** What became of the videos of one kill. */
export interface Fate {
  readonly completed: number;
  /** Codes of those that failed. */
  readonly failures: readonly string[];
}

/**
 * Looks at every video: one that is completed was begun upstream once; one that failed says why and was begun once at most.
 *
 * @throws Error for all others.
 */
export function judge(videos: readonly SeenVideo[], simulator: Simulator): Fate {
  const begun = simulator.control.videos();
  const failures: string[] = [];
  for (const { status, prompt, error } of videos) {
    const times = begun.filter((video) => video.prompt === prompt).length;
    if (status === 'completed' && times !== 1) throw new Error(`${prompt} was begun ${times} times`);
    if (status === 'failed') {
      if (times > 1 || error === null) throw new Error(`${prompt} failed and was begun ${times} times`);
      failures.push(error.code);
    }
  }
  return { completed: videos.length - failures.length, failures };
}
