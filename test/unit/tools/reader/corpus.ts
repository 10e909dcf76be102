import { readdirSync, readFileSync } from 'node:fs';
import type { FinishReason } from '../../../../shared/chat/finish-reason.ts';
import type { ToolChoice } from '../../../../shared/chat/tool.ts';
import { type ToolListName, toolList } from '../../../support/tool-lists.ts';
import type { AnswerOptions, Outcome } from './read-answer.ts';

export interface ExpectedCall {
  readonly name: string;
  readonly arguments?: unknown;
  /** Of a tool that takes free text. */
  readonly input?: string;
}

/** One line of the corpus; its README says more. */
export interface CorpusCase {
  readonly file: string;
  readonly name: string;
  /** Section and line of docs/protocol/qwen-web.md. */
  readonly from: string;
  readonly tools: ToolListName;
  readonly choice?: ToolChoice;
  readonly parallel?: boolean;
  readonly reason?: FinishReason;
  readonly text: string;
  readonly expect: {
    readonly text?: string;
    readonly calls?: readonly ExpectedCall[];
    /** The tool of a call that has begun and doesn't end. */
    readonly open?: string;
    readonly finish?: FinishReason;
    readonly error?: 'missing' | 'invalid';
  };
}

const folder = new URL('../../../fixtures/tool-calls/', import.meta.url);
const lists = { 'coding-agent': toolList('coding-agent'), 'office-assistant': toolList('office-assistant') };

/** All cases, in the order of their files. */
export function corpus(): readonly CorpusCase[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));
  return files.flatMap((file) => {
    const lines = readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n');
    return lines.map((line): CorpusCase => ({ file, ...JSON.parse(line) }));
  });
}

export function optionsOf({ tools, choice, parallel, reason }: CorpusCase): AnswerOptions {
  return {
    definitions: lists[tools],
    ...(choice === undefined ? {} : { choice }),
    ...(parallel === undefined ? {} : { parallel }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** What was read, in the form that a case expects. */
export function asExpected({ text, calls, finish, error }: Outcome): object {
  if (error !== undefined) return { error };
  const open = calls.find((call) => !call.ended);
  const ended = calls.filter((call) => call.ended);
  return { text, calls: ended.map(asCall), finish, ...(open === undefined ? {} : { open: open.name }) };
}

export function expectation({ expect }: CorpusCase): object {
  const { text = '', calls = [], open, error } = expect;
  if (error !== undefined) return { error };
  const finish = expect.finish ?? (calls.length > 0 ? 'tool-calls' : 'stop');
  return { text, calls, finish, ...(open === undefined ? {} : { open }) };
}

function asCall({ name, input, text }: Outcome['calls'][number]): ExpectedCall {
  return input === 'text' ? { name, input: text } : { name, arguments: JSON.parse(text) };
}
