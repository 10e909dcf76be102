import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Gateway } from '../contenders/gateway.ts';
import { freshPicture, uploadBytes, uploadQuestion } from '../load/media.ts';
import { post } from '../load/post.ts';
import { firstMessage } from '../programs/start-program.ts';
import { median } from './statistics.ts';

const answerSchema = z.object({ bytes: z.number() });
const rounds = 3;
const settleMilliseconds = 3000;

/** What one upload keeps in the gateway's memory while the storage has all of it and has not answered, in megabytes. */
export interface UploadMemory {
  /** Of the request as it was sent. */
  readonly bodyMegabytes: number;
  readonly keptMegabytes: number;
  /** The same when another one of its size came before. */
  readonly laterMegabytes: number;
}

/** @param child a process that `tell-memory.ts` was loaded into. @returns bytes in use. */
export async function readMemory(child: ChildProcess): Promise<number> {
  const answered = firstMessage(child, 'The gateway');
  child.send('memory');
  const [message]: unknown[] = await answered;
  return answerSchema.parse(message).bytes;
}

/**
 * Stops uploads half way, and counts what is in use then, garbage aside. What a request has in memory whatever its size is
 * taken off: that of uploads of 1 KB. For a gateway that has seen no large request yet.
 */
export async function measureUploadMemory(gateway: Gateway, upstreamUrl: string): Promise<UploadMemory> {
  const steer = (step: string) => post({ url: `${upstreamUrl}/bench/${step}`, headers: {} }, undefined, 0);
  const hold = async (bytes: number) => {
    const used: number[] = [];
    let sent = 0;
    for (let round = 0; round < rounds; round += 1) {
      const body = uploadQuestion(freshPicture(bytes));
      sent = body.length;
      // What follows the request before is not to be in use any more.
      await pause(settleMilliseconds);
      await steer('hold');
      const answered = post(gateway, body, 50);
      await steer('held');
      used.push(await gateway.memory());
      await steer('release');
      await answered;
    }
    return { used: used.map((bytesInUse) => bytesInUse / 1_000_000), sent: sent / 1_000_000 };
  };
  // Once, for all that is made at the first time and kept.
  await hold(1_000);
  const small = await hold(1_000);
  const large = await hold(uploadBytes);
  const least = median(small.used);
  const [first = Number.NaN, ...later] = large.used;
  return {
    bodyMegabytes: large.sent - small.sent,
    keptMegabytes: first - least,
    laterMegabytes: median(later) - least,
  };
}
