/** What the model wants to have called. */
export interface Call {
  readonly id: string;
  readonly name: string;
  /** JSON, as the model wrote it. */
  readonly arguments: string;
}

export interface Source {
  readonly title: string;
  readonly url: string;
}

/** What the owner says. */
export interface UserTurn {
  readonly role: 'user';
  readonly id: number;
  readonly text: string;
  /** Data URLs. */
  readonly pictures: readonly string[];
}

/** What came of a call. */
export interface ToolTurn {
  readonly role: 'tool';
  readonly id: number;
  readonly call: Call;
  readonly text: string;
}

/** What the model says, while it says it. */
export interface AnswerTurn {
  readonly role: 'assistant';
  readonly id: number;
  state: 'running' | 'done' | 'stopped' | 'broken';
  text: string;
  thinking: string;
  calls: readonly Call[];
  sources: readonly Source[];
  finishReason: string | undefined;
  usage: AnswerUsage | undefined;
  /** Milliseconds until anything was seen. */
  firstAfter: number | undefined;
  error: unknown;
}

export interface AnswerUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
}

export type Turn = UserTurn | ToolTurn | AnswerTurn;

export function newAnswer(id: number): AnswerTurn {
  return {
    role: 'assistant',
    id,
    state: 'running',
    text: '',
    thinking: '',
    calls: [],
    sources: [],
    finishReason: undefined,
    usage: undefined,
    firstAfter: undefined,
    error: undefined,
  };
}

/** The calls of an answer that have no result yet. */
export function openCalls(turns: readonly Turn[]): readonly Call[] {
  const answered = new Set(turns.map((turn) => (turn.role === 'tool' ? turn.call.id : '')));
  const last = turns.findLast((turn) => turn.role === 'assistant');
  return last?.role === 'assistant' ? last.calls.filter(({ id }) => !answered.has(id)) : [];
}
