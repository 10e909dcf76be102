/** Where a client finds the gateway, and as whom it comes. */
export interface Place {
  /** Without a path. */
  readonly url: string;
  readonly key: string;
  readonly model: string;
}

/** One client: a package, and one way of using it. */
export interface ConformanceClient {
  readonly name: string;
  /** Its words for a good end, and for an end that asks for tools. */
  readonly finish: { readonly stop: string; readonly tools: string };
  /** Why the arguments of a streamed call reach its user in one piece, when they do. */
  readonly argumentsInOnePiece?: string;
  /** How it asks for structured output: by a schema, or by forcing a call of a tool with this name. */
  readonly structuredBy: 'schema' | { readonly toolNamed: string };
  connect(place: Place): ClientUse;
  /** Whether its user sees that the key is wrong by the error's class, or by what the class offers for it. */
  isAuthenticationError(error: unknown): boolean;
  isNotFoundError(error: unknown): boolean;
  isAbortError(error: unknown): boolean;
}

/** What the user of a client does, and sees. Everything rejects with the client's own error. */
export interface ClientUse {
  text(prompt: string): Promise<TextAnswer>;
  stream(prompt: string): Promise<StreamedAnswer>;
  /** Asks, runs the tool for every call, sends the results back, and reads the last answer. */
  tools(prompt: string, tool: CaseTool): Promise<ToolRound>;
  /** Asks, and reads the calls without running them. */
  streamedTools(prompt: string, tool: CaseTool): Promise<StreamedCalls>;
  thinking: Offer<(prompt: string) => Promise<ThoughtfulAnswer>>;
  image(prompt: string, picture: Picture): Promise<TextAnswer>;
  /** @param schema a JSON Schema of an object. @returns the object, as the client parsed it. */
  structured(prompt: string, schema: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Reads a stream up to its first text and leaves. @returns the error that its user sees then. */
  abort(prompt: string): Promise<unknown>;
}

/** What a client offers, or why it does not. */
export type Offer<Use> = Use | NotOffered;

export interface NotOffered {
  readonly reason: string;
}

export interface TextAnswer {
  readonly text: string;
  readonly finish: string | undefined;
  readonly totalTokens: number | undefined;
}

export interface StreamedAnswer extends TextAnswer {
  /** The texts as they came, empty ones left out. */
  readonly pieces: readonly string[];
}

export interface ThoughtfulAnswer extends TextAnswer {
  readonly thoughts: string;
}

export interface Call {
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** Parsed. */
  readonly input: unknown;
}

export interface ToolRound {
  readonly calls: readonly Call[];
  /** How each answer ended, the last one too. */
  readonly finishes: readonly (string | undefined)[];
  /** Of the last answer. */
  readonly text: string;
}

export interface StreamedCalls {
  /** What stood before the calls. */
  readonly text: string;
  readonly calls: readonly Call[];
  /** The pieces of all arguments as they came, empty ones left out. */
  readonly pieces: readonly string[];
  readonly finish: string | undefined;
}

/** A tool that a case gives to a client. */
export interface CaseTool {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, unknown>> & { readonly type: 'object' };
  run(input: unknown): string;
}

export interface Picture {
  readonly mediaType: 'image/png';
  readonly base64: string;
}

export function isNotOffered<Use>(offer: Offer<Use>): offer is Extract<Offer<Use>, NotOffered> {
  return typeof offer === 'object' && offer !== null && 'reason' in offer;
}
