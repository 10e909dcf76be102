import { setTimeout as delay } from 'node:timers/promises';
import type OpenAI from 'openai';

/** Milliseconds between two questions. */
const interval = 100;

/** Asks for a video until nothing about it changes any more. */
export async function whenVideoOver(openai: OpenAI, id: string): Promise<OpenAI.Videos.Video> {
  for (;;) {
    const video = await openai.videos.retrieve(id);
    if (video.status === 'completed' || video.status === 'failed') return video;
    await delay(interval);
  }
}
