import { computed, onScopeDispose, type Ref, reactive, ref } from 'vue';
import { api } from '../../../api/api.ts';
import { type ChatOptions, chatRequest } from './chat-request.ts';
import { readAnswer } from './read-answer.ts';
import { type AnswerTurn, type Call, newAnswer, openCalls, type Turn } from './turn.ts';

/** A conversation of this page: kept in memory, and gone with it. */
export function useChat(options: Readonly<Ref<ChatOptions>>) {
  const turns = reactive<Turn[]>([]);
  const lastRequest = ref<object>();
  let count = 0;
  let asking: AbortController | undefined;

  async function answer(): Promise<void> {
    const body = chatRequest(options.value, turns);
    lastRequest.value = body;
    const own = new AbortController();
    asking = own;
    turns.push(newAnswer(count++));
    const written = turns.at(-1);
    if (written?.role === 'assistant') await write(written, body, own.signal);
    asking = undefined;
  }

  /** Says something. @throws SyntaxError when the tools are no JSON. */
  async function send(text: string, pictures: readonly string[]): Promise<void> {
    chatRequest(options.value, turns);
    turns.push({ role: 'user', id: count++, text, pictures });
    await answer();
  }

  /** Tells what came of a call, and goes on when it was the last one. */
  async function tellResult(call: Call, text: string): Promise<void> {
    turns.push({ role: 'tool', id: count++, call, text });
    if (openCalls(turns).length === 0) await answer();
  }

  /** Asks once more for the last answer. */
  async function again(): Promise<void> {
    while (turns.at(-1)?.role === 'assistant') turns.pop();
    if (turns.length > 0) await answer();
  }

  const stop = () => asking?.abort();
  const clear = () => {
    stop();
    turns.splice(0);
    lastRequest.value = undefined;
  };
  onScopeDispose(stop);
  return {
    turns,
    lastRequest,
    running: computed(() => turns.some((turn) => turn.role === 'assistant' && turn.state === 'running')),
    waiting: computed(() => openCalls(turns)),
    send,
    tellResult,
    again,
    stop,
    clear,
  };
}

async function write(answer: AnswerTurn, body: object, signal: AbortSignal): Promise<void> {
  const begun = performance.now();
  try {
    const events = api.events('/v1/chat/completions', { method: 'POST', body, signal });
    await readAnswer(events, answer, () => performance.now() - begun);
    answer.state = 'done';
  } catch (error) {
    answer.state = signal.aborted ? 'stopped' : 'broken';
    answer.error = signal.aborted ? undefined : error;
  }
}
