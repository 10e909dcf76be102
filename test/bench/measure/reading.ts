import { cpuUsage } from 'node:process';
import type { ChatEvent } from '../../../shared/chat/event.ts';
import { ToolCallReader } from '../../../shared/tools/reader/tool-call-reader.ts';
import { toolList } from '../../support/tool-lists.ts';

const definitions = toolList('coding-agent');
const megabyte = 1_000_000;
/** The best of so many: what the machine does beside is no cost of the reader. */
const times = 3;

const plain = repeated('The quick brown fox jumps over the lazy dog and goes on and on.\n');
const marked = repeated('A list [1], `code`, a < b, and {braces} in the middle of it all.\n');
const code = repeated("export const list = [1, 2]; // it's “quoted” <tag>\n");
const call = `[tool_call]${JSON.stringify({ name: 'write_file', arguments: { path: 'a.ts', content: code } })}[/tool_call]`;

/** Nanoseconds of CPU for each character of an answer, by the size of the pieces in which it comes. */
export interface ReadingCost {
  readonly what: string;
  /** Of the first tenth of the answer alone, one character a piece. */
  readonly tenth: number;
  /** One character a piece. */
  readonly single: number;
  readonly pieces64: number;
  readonly whole: number;
}

/** What the reader of calls takes by itself, for answers of 1 MB. */
export function measureReading(): readonly ReadingCost[] {
  const answers = { 'plain text': plain, 'text full of marks': marked, 'a call of 1 MB': call };
  return Object.entries(answers).map(([what, text]) => ({
    what,
    tenth: nanosecondsPerCharacter(text.slice(0, megabyte / 10), 1),
    single: nanosecondsPerCharacter(text, 1),
    pieces64: nanosecondsPerCharacter(text, 64),
    whole: nanosecondsPerCharacter(text, text.length),
  }));
}

function nanosecondsPerCharacter(text: string, size: number): number {
  const batches = cut(text, size);
  let best = Number.POSITIVE_INFINITY;
  for (let time = 0; time <= times; time += 1) best = Math.min(best, microsecondsToRead(batches));
  return (best * 1000) / text.length;
}

function cut(text: string, size: number): readonly (readonly ChatEvent[])[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, place) => [
    { type: 'text-delta', text: text.slice(place * size, (place + 1) * size) },
  ]);
}

function microsecondsToRead(batches: readonly (readonly ChatEvent[])[]): number {
  const reader = new ToolCallReader({ definitions, choice: { type: 'auto' }, parallel: true });
  const before = cpuUsage();
  for (const batch of batches) reader.push(batch);
  reader.push([{ type: 'finish', reason: 'length' }]);
  const { user, system } = cpuUsage(before);
  return user + system;
}

function repeated(line: string): string {
  return line.repeat(megabyte / line.length);
}
