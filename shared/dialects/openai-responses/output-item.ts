/** A source that the text names, in the flat form of this API; indices in UTF-16 units, the end exclusive. */
export interface UrlCitation {
  readonly type: 'url_citation';
  readonly start_index: number;
  readonly end_index: number;
  readonly title: string;
  readonly url: string;
}

/** `incomplete`: broken off, by the caller's limit or by a failure. */
export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

export interface ReasoningItem {
  readonly id: string;
  readonly type: 'reasoning';
  readonly summary: readonly SummaryPart[];
  readonly encrypted_content?: string;
}

export interface SummaryPart {
  readonly type: 'summary_text';
  readonly text: string;
}

export interface MessageItem {
  readonly id: string;
  readonly type: 'message';
  readonly status: ItemStatus;
  readonly role: 'assistant';
  readonly content: readonly OutputText[];
}

export interface OutputText {
  readonly type: 'output_text';
  readonly text: string;
  readonly annotations: readonly UrlCitation[];
  readonly logprobs: readonly never[];
}

interface CallItem {
  readonly id: string;
  readonly status: ItemStatus;
  readonly call_id: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface FunctionCallItem extends CallItem {
  readonly type: 'function_call';
  /** JSON text. */
  readonly arguments: string;
}

export interface CustomCallItem extends CallItem {
  readonly type: 'custom_tool_call';
  readonly input: string;
}

/** A picture that was made for the answer. */
export interface ImageItem {
  readonly id: string;
  readonly type: 'image_generation_call';
  readonly status: 'in_progress' | 'completed' | 'failed';
  /** The file in base64, when there is one. */
  readonly result: string | null;
  readonly action?: string;
  readonly revised_prompt?: string;
  readonly size?: string;
  readonly output_format?: string;
  readonly quality?: string;
  readonly background?: string;
}

/** One item of a response's `output` (client-apis C.1). */
export type OutputItem = ReasoningItem | MessageItem | FunctionCallItem | CustomCallItem | ImageItem;
