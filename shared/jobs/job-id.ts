import { randomBytes } from 'node:crypto';

/** Hexadecimal characters of the time: enough until the year 10889. */
const timeLength = 12;
const randomLength = 12;
const form = /^video_([0-9a-f]{12})[0-9a-f]{24}$/;

/** An id that nobody can guess; ids sort as they were made. @param now epoch milliseconds. */
export function newJobId(now: number): string {
  return `video_${now.toString(16).padStart(timeLength, '0')}${randomBytes(randomLength).toString('hex')}`;
}

/** @returns when the id was made, in epoch milliseconds; `undefined` for what is no id of a job. */
export function timeOfJobId(id: string): number | undefined {
  const time = form.exec(id)?.[1];
  return time === undefined ? undefined : Number.parseInt(time, 16);
}

/** Sorts before every id. */
export const beforeAllJobIds = 'video_';
