import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { callFrames, createdFrame, finishFrame, monotonicMicroseconds, textFrame } from './frames.ts';

/** Chunks of one write when an answer comes as fast as it can: about as much as a socket takes at once. */
const chunksPerWrite = 64;
const block = Buffer.from(textFrame(0).repeat(chunksPerWrite));
const frame = textFrame(0);

let pacedAnswers = 0;

/** Sends all chunks as fast as the reader takes them. @param called whether they are the arguments of a tool's call. */
export async function sendBurst(response: ServerResponse, chunks: number, called: boolean): Promise<void> {
  const begin = called ? createdFrame + callFrames.open : createdFrame;
  const end = called ? callFrames.close + finishFrame : finishFrame;
  let left = chunks;
  if (left > 0 && left < chunksPerWrite) {
    response.end(begin + frame.repeat(left) + end);
    return;
  }
  response.write(begin);
  for (; left >= chunksPerWrite; left -= chunksPerWrite) {
    if (!response.write(block)) await once(response, 'drain');
    if (response.destroyed) return;
  }
  response.end(frame.repeat(left) + end);
}

/** Sends one chunk each `interval` milliseconds, with the time in it. Answers that run together are out of step. */
export function sendPaced(response: ServerResponse, chunks: number, interval: number): void {
  let left = chunks;
  const tick = () => {
    response.write(textFrame(monotonicMicroseconds()));
    left -= 1;
    if (left > 0) return;
    clearInterval(ticking);
    response.end(finishFrame);
  };
  let ticking: NodeJS.Timeout | undefined;
  response.write(createdFrame);
  // Multiples of the golden section spread any number of answers evenly over the interval.
  pacedAnswers += 1;
  const offset = ((pacedAnswers * 0.618_034) % 1) * interval;
  const begin = setTimeout(() => {
    ticking = setInterval(tick, interval);
    tick();
  }, offset);
  response.once('close', () => {
    clearTimeout(begin);
    clearInterval(ticking);
  });
}
