import type { FoldedWords } from '../../../local/simulator/answers/read-prompt.ts';
import type { CallForm } from './call-forms.ts';
import { editingCall, readingCall, type WantedCall } from './choose-call.ts';
import { type OfferedTool, offeredTools } from './offered-tools.ts';
import { readConversation, type Section } from './read-conversation.ts';
import { describeTask, findTask, type Task } from './task.ts';

/** One answer of the model. */
export interface ModelStep {
  readonly purpose: 'title' | 'notes' | 'read' | 'edit' | 'end' | 'summary' | 'nothing to do' | 'lost';
  /** The tools that it was told of. */
  readonly tools: readonly string[];
  /** UTF-8 bytes of the message, as it came. */
  readonly promptBytes: number;
  readonly words: string;
}

/**
 * A model that does one task with whatever tools it is told of: reads the file, edits it, says that it is done. What to
 * do next it takes from the conversation alone, so a question that is asked again gets the same answer.
 */
export class ScriptedModel {
  readonly steps: ModelStep[] = [];
  readonly #forms: readonly CallForm[];
  readonly #onStep: (step: ModelStep) => void;

  /** @param forms how the calls are written: the first call in the first form; the last form is for all others. */
  constructor(forms: readonly CallForm[], onStep: (step: ModelStep) => void = () => {}) {
    this.#forms = forms;
    this.#onStep = onStep;
  }

  /** @returns `undefined` where the simulator's own answer serves: JSON by a schema. */
  answer(message: string, seen: readonly FoldedWords[]): string | undefined {
    const conversation = readConversation(seen);
    const tools = offeredTools(conversation);
    const next = this.#next(conversation, tools, message);
    if (next === undefined) return undefined;
    const { purpose, words } = next;
    const promptBytes = Buffer.byteLength(message);
    const step = { purpose, words, promptBytes, tools: tools.map(({ name }) => name) };
    this.steps.push(step);
    this.#onStep(step);
    return words;
  }

  #next(
    conversation: readonly Section[],
    tools: readonly OfferedTool[],
    message: string,
  ): Pick<ModelStep, 'purpose' | 'words'> | undefined {
    const open = openTask(conversation);
    if (open !== undefined && asksForSummary(conversation, tools))
      return { purpose: 'summary', words: summaryOf(open.task) };
    if (tools.length === 0)
      return /\bJSON\b/.test(message) ? undefined : { purpose: 'title', words: 'A kinder greeting' };
    if (open === undefined || open.isOver) return { purpose: 'nothing to do', words: 'There is nothing to do here.' };
    const { task, results } = open;
    const last = results.at(-1);
    if (last?.isError === true) return { purpose: 'lost', words: `The tool failed: ${last.words}` };
    const note = task.notes[results.length];
    if (note !== undefined) return this.#call('notes', readingCall(tools, note), 0);
    const done = results.length - task.notes.length;
    if (done === 0 || last === undefined) return this.#call('read', readingCall(tools, task.path), 0);
    if (done === 1) return this.#call('edit', editingCall(tools, task, last.words), 1);
    return { purpose: 'end', words: `Done: ${task.path} has its new greeting.` };
  }

  #call(
    purpose: 'notes' | 'read' | 'edit',
    call: WantedCall | undefined,
    place: number,
  ): Pick<ModelStep, 'purpose' | 'words'> {
    const form = this.#forms[place] ?? this.#forms.at(-1);
    if (call === undefined || form === undefined) return { purpose: 'lost', words: 'I have no tool for this.' };
    return { purpose, words: form.write(call) };
  }
}

/** Words of a program that leave the task as it is: notes, and the wish to go on where an answer broke off. */
const goesOn = /^\s*<system-reminder>|\b(?:resume|continue|compacted)\b/iu;

interface OpenTask {
  readonly task: Task;
  /** What tools have given since it was set. */
  readonly results: readonly Section[];
  /** Whether somebody has asked for something else after it. */
  readonly isOver: boolean;
}

function openTask(conversation: readonly Section[]): OpenTask | undefined {
  const place = conversation.findLastIndex(
    // Its own summary is the model's, where the program does not say it again.
    ({ role, words }) => (role === 'user' || role === 'assistant') && findTask(words) !== undefined,
  );
  const task = findTask(conversation[place]?.words ?? '');
  if (task === undefined) return undefined;
  const since = conversation.slice(place + 1);
  return {
    task,
    results: since.filter(({ role }) => role === 'tool'),
    isOver: since.some(({ role, words }) => role === 'user' && !goesOn.test(words)),
  };
}

const summaryWanted = /\bsummar(?:y|i[sz]e)\b|\bcompaction\b|state_snapshot/iu;

/** Whether a program wants the conversation in short, to go on from there. */
function asksForSummary(conversation: readonly Section[], tools: readonly OfferedTool[]): boolean {
  const last = conversation.findLast(({ role }) => role === 'user');
  if (last === undefined || !summaryWanted.test(last.words)) return false;
  return tools.length === 0 || findTask(last.words) === undefined;
}

/** What was read is forgotten, so that the model does not read it again. */
function summaryOf(task: Task): string {
  return `<summary>\nThe user's task: ${describeTask({ ...task, notes: [] })} Nothing of it is done yet.\n</summary>`;
}
