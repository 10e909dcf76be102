import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recordingFiles } from './recording.ts';
import { SecretScanner } from './secret-scanner.ts';

/** Where a secret stands. Does not say which. */
export interface Leak {
  readonly gateway: string;
  readonly place: string;
}

/** What was looked through, and what was found. */
export interface ScanReport {
  readonly gateways: number;
  readonly lines: number;
  readonly answers: number;
  readonly bytes: number;
  readonly secrets: number;
  readonly leaks: readonly Leak[];
}

interface Recorded {
  readonly name: string;
  readonly lines: Buffer;
  readonly answers: Buffer;
  readonly secrets: readonly string[];
}

const statusLine = 'HTTP/1.1 ';

/** Looks for the secrets of all recordings in all recordings: what one gateway knows, another may not tell either. */
export async function scanRecordings(folder: string): Promise<ScanReport> {
  const recordings = await Promise.all((await readdir(folder)).map((name) => readRecording(join(folder, name))));
  const secrets = new Set(recordings.flatMap((recording) => recording.secrets));
  const scanner = new SecretScanner(secrets);
  return {
    gateways: recordings.length,
    lines: sum(recordings.map(({ lines }) => count(lines, '\n'))),
    answers: sum(recordings.map(({ answers }) => count(answers, statusLine))),
    bytes: sum(recordings.map(({ lines, answers }) => lines.length + answers.length)),
    secrets: secrets.size,
    leaks: recordings.flatMap(({ name: gateway, lines, answers }) => [
      ...scanner.find(lines).map((offset) => ({ gateway, place: lineAt(lines, offset) })),
      ...scanner.find(answers).map((offset) => ({ gateway, place: answerAt(answers, offset) })),
    ]),
  };
}

async function readRecording(folder: string): Promise<Recorded> {
  const read = (file: string) => readFile(join(folder, file)).catch(() => Buffer.alloc(0));
  const [name, lines, answers, secrets] = await Promise.all([
    read(recordingFiles.name),
    read(recordingFiles.lines),
    read(recordingFiles.answers),
    read(recordingFiles.secrets),
  ]);
  // A worker that was killed may have left half a line.
  const whole = secrets.toString().split('\n').slice(0, -1);
  return { name: name.toString(), lines, answers, secrets: whole.map((line) => String(JSON.parse(line))) };
}

function lineAt(lines: Buffer, offset: number): string {
  return `log line ${count(lines.subarray(0, offset), '\n') + 1}`;
}

/** By status line and id: the id also stands in the log. */
function answerAt(answers: Buffer, offset: number): string {
  const from = Math.max(0, answers.lastIndexOf(statusLine, offset));
  const head = answers.subarray(from, offset).toString().split('\r\n\r\n')[0] ?? '';
  const [status = ''] = head.split('\r\n');
  const id = /^x-request-id: (\S+)/im.exec(head)?.[1] ?? 'without an id';
  return `answer ${count(answers.subarray(0, offset), statusLine)} (${status}, ${id})`;
}

function count(text: Buffer, word: string): number {
  let found = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) found += 1;
  return found;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
