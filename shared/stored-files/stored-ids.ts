import { randomBytes } from 'node:crypto';

/** Hexadecimal characters of the time: enough until the year 10889. */
const timeLength = 12;
const randomLength = 12;
const fileForm = /^file-[0-9a-f]{36}$/;
const uploadForm = /^upload_[0-9a-f]{36}$/;
const partForm = /^part_[0-9a-f]{36}$/;

/** An id that nobody can guess; ids sort as they were made. @param now epoch milliseconds. */
export function newFileId(now: number): string {
  return `file-${sortable(now)}`;
}

/** @param now epoch milliseconds. */
export function newUploadId(now: number): string {
  return `upload_${sortable(now)}`;
}

/** @param now epoch milliseconds. */
export function newPartId(now: number): string {
  return `part_${sortable(now)}`;
}

/** Whether a text could be the id of a file. Others are not looked for. */
export function isFileId(text: string): boolean {
  return fileForm.test(text);
}

export function isUploadId(text: string): boolean {
  return uploadForm.test(text);
}

export function isPartId(text: string): boolean {
  return partForm.test(text);
}

/** Sorts before every id of a file. */
export const beforeAllFileIds = 'file-';

function sortable(now: number): string {
  return `${now.toString(16).padStart(timeLength, '0')}${randomBytes(randomLength).toString('hex')}`;
}
