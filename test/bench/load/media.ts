import { randomFillSync } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { peakMegabytes, readProcessUsage, resetPeak } from '../measure/process-usage.ts';
import { median } from '../measure/statistics.ts';
import type { MediaJob, MediaTarget, Outcome } from './job.ts';
import { post } from './post.ts';

/** How long a contender may tidy up before its memory is looked at. */
const settleMilliseconds = 200;
/** Of the picture that is sent. */
export const uploadBytes = 4_000_000;
const pictureQuestion = { messages: [{ role: 'user', content: 'bench:picture' }] };

/**
 * Has pictures made, or sends some, one at a time; the targets take turns.
 *
 * @returns figures whose names end in the target's place: `milliseconds/0`, and `peakMegabytes/0` for how far the
 *   process rose above what it had before.
 */
export async function measureMedia({ targets, exchange, times }: MediaJob): Promise<Outcome> {
  const figures = targets.map(() => ({ milliseconds: [] as number[], peakMegabytes: [] as number[] }));
  // The first time is for the compiler.
  for (let done = 0; done <= times; done += 1) {
    for (const [place, target] of targets.entries()) {
      const one = await measureOne(target, exchange);
      if (done === 0) continue;
      figures[place]?.milliseconds.push(one.milliseconds);
      figures[place]?.peakMegabytes.push(one.peakMegabytes);
    }
  }
  const named = figures.flatMap(({ milliseconds, peakMegabytes: peaks }, place) => [
    [`milliseconds/${place}`, median(milliseconds)],
    [`peakMegabytes/${place}`, median(peaks)],
  ]);
  return Object.fromEntries(named);
}

async function measureOne(target: MediaTarget, exchange: MediaJob['exchange']) {
  const exchangeOnce = prepare(target, exchange);
  await pause(settleMilliseconds);
  resetPeak(target.pid);
  const before = readProcessUsage(target.pid).residentMegabytes;
  const start = performance.now();
  await exchangeOnce();
  const milliseconds = performance.now() - start;
  return { milliseconds, peakMegabytes: peakMegabytes(target.pid) - before };
}

/** @returns what is to be timed; bodies are made before. */
function prepare(target: MediaTarget, exchange: MediaJob['exchange']): () => Promise<void> {
  if (exchange === 'upload') return prepareUpload(target);
  const isFile = exchange === 'picture-file';
  if (target.way === 'gateway') {
    const response_format = isFile ? 'b64_json' : 'url';
    const url = new URL('images/generations', target.url.replace(/chat\/completions$/, '')).href;
    const body = Buffer.from(JSON.stringify({ prompt: 'bench:picture', response_format }));
    return () => post({ ...target, url }, body, isFile ? 1_300_000 : 50);
  }
  const body = Buffer.from(JSON.stringify(pictureQuestion));
  return async () => {
    await post(target, body, 50);
    if (isFile) await post({ ...target, url: new URL('/pictures/one.png', target.url).href }, undefined, 1_000_000);
  };
}

/** A picture that nobody has seen: what an account has is not sent again. */
function prepareUpload(target: MediaTarget): () => Promise<void> {
  const bytes = freshPicture(uploadBytes);
  if (target.way === 'direct') {
    const url = new URL('/bench/user/file.png', target.url).href;
    const question = Buffer.from(JSON.stringify({ messages: [{ role: 'user', content: 'bench:3x0' }] }));
    return async () => {
      await post({ ...target, url }, bytes, 0, 'PUT');
      await post(target, question, 50);
    };
  }
  const body = uploadQuestion(bytes);
  return () => post(target, body, 50);
}

/** Noise with the head of a picture. */
export function freshPicture(length: number): Buffer {
  const bytes = randomFillSync(Buffer.alloc(length));
  bytes.set(Buffer.from('iVBORw0KGgoAAAANSUhEUgAABTAAAAUwCAYAAAAAAAAA', 'base64'));
  return bytes;
}

/** A chat that looks at a picture, sent as agents do. */
export function uploadQuestion(bytes: Buffer): Buffer {
  const url = `data:image/png;base64,${bytes.toString('base64')}`;
  const content = [
    { type: 'text', text: 'bench:3x0' },
    { type: 'image_url', image_url: { url } },
  ];
  return Buffer.from(JSON.stringify({ model: 'qwen3.7-plus', messages: [{ role: 'user', content }] }));
}
