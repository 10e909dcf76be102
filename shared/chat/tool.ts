/** A JSON Schema, as clients declare it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A function that the caller can run for the model. */
export interface ToolDefinition {
  /** Unique within the request. */
  readonly name: string;
  /** `''` when the client gave none. */
  readonly description: string;
  /** What the arguments must look like: a schema of an object. */
  readonly parameters: JsonSchema;
  /** `json`: arguments by `parameters`. `text`: one free text, `parameters` says nothing (OpenAI's custom tools). */
  readonly input: 'json' | 'text';
}

/**
 * Whether tools are called.
 *
 * - `auto`: the model decides.
 * - `none`: they are known and not called.
 * - `required`: at least one call.
 * - `tool`: a call of this one.
 */
export type ToolChoice =
  | { readonly type: 'auto' }
  | { readonly type: 'none' }
  | { readonly type: 'required' }
  | { readonly type: 'tool'; readonly name: string };

/** A call that an earlier answer made, as the client sends it back. */
export interface ToolCall {
  /** As the client knows it; an answer of another program may have given it. */
  readonly id: string;
  readonly name: string;
  /** JSON text of the arguments, or the free text. As the client sent it: it need not be valid. */
  readonly arguments: string;
}

/** What a request says of tools. */
export interface ToolUse {
  /** Empty when the request has none. */
  readonly definitions: readonly ToolDefinition[];
  readonly choice: ToolChoice;
  /** Whether one answer may make several calls. */
  readonly parallel: boolean;
}

/** A request without tools. */
export const noTools: ToolUse = { definitions: [], choice: { type: 'none' }, parallel: true };
