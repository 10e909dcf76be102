/** A call as a client of a test has read it. */
export interface ReadCall {
  readonly id: string;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** An answer as a client of a test has read it. */
export interface ReadAnswer {
  readonly text: string;
  readonly calls: readonly ReadCall[];
  /** What the client will send back in its history. */
  readonly items: readonly unknown[];
}

/** What came of a call. */
export interface ToolResult {
  readonly call: ReadCall;
  readonly text: string;
}

/** A tool with parameters of its own. */
export interface OfferedTool {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface AskedConversation {
  readonly system?: string | undefined;
  /** In the dialect's own form, as the functions below give it. */
  readonly history: readonly unknown[];
  readonly tools?: readonly OfferedTool[] | undefined;
}

/** How the clients of one dialect keep a conversation, and send all of it each time. */
export interface Conversing {
  readonly path: string;
  body(asked: AskedConversation): Record<string, unknown>;
  user(text: string): readonly unknown[];
  /** An answer that nobody has given. */
  madeUp(text: string): readonly unknown[];
  results(results: readonly ToolResult[]): readonly unknown[];
  /** @param body of a whole answer. */
  read(body: string): ReadAnswer;
}

export const conversingModel = 'qwen3.7-plus';
