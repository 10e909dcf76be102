/** A mark in an answer's text that begins or ends a block of calls, or a made-up result of one. */
export interface Marker {
  readonly type: 'open' | 'close' | 'result';
  /** Characters that it takes. */
  readonly length: number;
  /** The tool that the mark itself names. */
  readonly name?: string;
}

/** Longer marks are none. */
const longest = 100;
const closings: Readonly<Record<string, string>> = {
  '[': ']',
  '<': '>',
  '［': '］',
  '【': '】',
  '＜': '＞',
  '〈': '〉',
};

const callWords = ['tool_call', 'tool_calls', 'toolcall', 'toolcalls', 'function_call', 'function_calls', 'tool_use'];
const resultWords = [
  'tool_result',
  'tool_results',
  'tool_response',
  'tool_responses',
  'function_result',
  'function_results',
];
/** They mean nothing without a name. */
const namingWords = ['function', 'invoke'];

const calls: ReadonlySet<string> = new Set(callWords);
const results: ReadonlySet<string> = new Set(resultWords);
const naming: ReadonlySet<string> = new Set(namingWords);
const words = [...callWords, ...resultWords, ...namingWords];

const parts =
  /^ ?(\/?) ?((?:tool|function)(?:[_ -]?(?:calls?|use|results?|responses?))?|invoke)(?:(?:\s*[=:]\s*|\s+(?:name\s*=\s*)?)["']?([\w.:/-]+)["']?)?\s*$/i;
const beginning = /^ ?\/? ?([a-z_ -]*)(?:[\s=:].*)?$/i;

/** Whether a marker may begin with the character. */
export function opensMarker(character: string): boolean {
  return character in closings;
}

/** @returns `partial` when more text is needed to tell, `undefined` when no marker stands there. */
export function matchMarker(text: string, index: number): Marker | 'partial' | undefined {
  const closing = closings[text.charAt(index)];
  if (closing === undefined) return undefined;
  const last = Math.min(text.length, index + longest);
  for (let place = index + 1; place < last; place += 1) {
    const character = text.charAt(place);
    if (character === closing) return readMarker(text.slice(index + 1, place));
    if (character === '\n' || (place < index + 5 && !/[a-z/ _]/i.test(character))) return undefined;
  }
  return last === index + longest || !mayBegin(text.slice(index + 1, last)) ? undefined : 'partial';
}

function readMarker(body: string): Marker | undefined {
  const [, slash, rawWord, name] = parts.exec(body) ?? [];
  if (rawWord === undefined) return undefined;
  const word = foldWord(rawWord);
  const length = body.length + 2;
  if (results.has(word)) return { type: 'result', length };
  if (!calls.has(word) && !naming.has(word)) return undefined;
  if (slash === '/') return { type: 'close', length };
  if (name !== undefined) return { type: 'open', length, name };
  return naming.has(word) ? undefined : { type: 'open', length };
}

function mayBegin(body: string): boolean {
  const begun = beginning.exec(body)?.[1];
  if (begun === undefined) return false;
  const word = foldWord(begun.trimEnd());
  return words.some((known) => known.startsWith(word) || word.startsWith(known));
}

function foldWord(word: string): string {
  return word.toLowerCase().replaceAll(/[ -]/g, '_');
}
