/** Markup around a call, in which the model is asked to write it. */
export interface CallFormat {
  readonly name: CallFormatName;
  readonly open: string;
  readonly close: string;
}

export type CallFormatName = (typeof callFormatNames)[number];

export const callFormatNames = ['bracket', 'tag', 'fence'] as const;

/**
 * The formats (qwen-web §9.2). `tag` is what Qwen models were trained on, and what the platform may take for a call of
 * its own (§9.3); the others mean nothing to it. The reader of answers knows all of them, whatever was asked for.
 */
const formats: Readonly<Record<CallFormatName, CallFormat>> = {
  bracket: { name: 'bracket', open: '[tool_call]', close: '[/tool_call]' },
  tag: { name: 'tag', open: '<tool_call>', close: '</tool_call>' },
  fence: { name: 'fence', open: '```tool_call', close: '```' },
};

/**
 * @param attempt 0 for the first; each one that the platform has intercepted counts.
 * @returns the preferred format, and after it the others in turn.
 */
export function callFormat(preferred: CallFormatName, attempt: number): CallFormat {
  const order = [preferred, ...callFormatNames.filter((name) => name !== preferred && name !== 'tag'), 'tag'] as const;
  return formats[order[attempt % callFormatNames.length] ?? preferred];
}

/** One call in a format's markup. @param json the call's JSON text. */
export function markCall({ open, close }: CallFormat, json: string): string {
  return `${open}\n${json}\n${close}`;
}
