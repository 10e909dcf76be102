import type { Settings } from '../read-settings.ts';

/** The first part of a key, which tells what an object is for, who may touch it, and how long it lives. */
export const objectPrefixes = {
  /** What was made: `results/CALLER/…` */
  results: 'results/',
  /** What callers keep here: `files/CALLER/…` */
  files: 'files/',
  /** Parts of what will be a file: `uploads/CALLER/…` */
  uploads: 'uploads/',
  /** What was said in requests, while RECORD_CONTENT_UNTIL asks for it: `recordings/REQUEST.json` */
  recordings: 'recordings/',
} as const;

/** How long objects live whose keys begin alike. */
export interface ObjectLifetime {
  readonly prefix: string;
  readonly days: number;
}

/** An upload that is not complete after an hour is over; S3 counts whole days. */
const uploadDays = 2;
/** What people have said is nothing to keep for long. */
const recordingDays = 7;

/** The rules of the bucket. Results of before RESULT_DAYS was set to 0 go after a day. */
export function objectLifetimes(settings: Settings): readonly ObjectLifetime[] {
  return [
    { prefix: objectPrefixes.results, days: Math.max(1, settings.integer('RESULT_DAYS')) },
    { prefix: objectPrefixes.files, days: settings.integer('FILE_DAYS') },
    { prefix: objectPrefixes.uploads, days: uploadDays },
    { prefix: objectPrefixes.recordings, days: recordingDays },
  ];
}
