import { matchRun } from './code-fence.ts';
import { isSpace, markOf } from './json/structure-marks.ts';
import { type Marker, matchMarker, opensMarker } from './markers.ts';

/** What stands next between a marker and the calls that it announces. */
export type Opening =
  /** Nothing that says anything: white space, a code fence. */
  | { readonly type: 'skip'; readonly length: number }
  /** Another marker, as the list of calls has around each of them. */
  | { readonly type: 'marker'; readonly length: number }
  | { readonly type: 'json' }
  /** A tool's name before its arguments: in a marker of its own, or bare. */
  | { readonly type: 'name'; readonly name: string; readonly length: number; readonly bare: boolean }
  | { readonly type: 'close'; readonly length: number }
  | { readonly type: 'parameters' }
  | { readonly type: 'partial' }
  | { readonly type: 'none' };

const longestName = 100;
const name = /^([a-z_][\w.:-]{0,63})\s*[(:]?\s*(?=[{｛])/i;
const nameBeginning = /^[a-z_][\w.:-]{0,63}\s*[(:]?\s*$/i;
const fence = /`{3,}[\w-]*[ \t]*\r?\n/y;
const fenceBeginning = /^`{1,8}(?:[\w-]{0,20}[ \t]{0,4}\r?)?$/;

/** Reads on behind a marker, one step. */
export function readOpening(text: string, index: number): Opening {
  const character = text.charAt(index);
  if (isSpace(character)) return { type: 'skip', length: 1 };
  if (character === '`') return readFence(text, index);
  const marker = opensMarker(character) ? matchMarker(text, index) : undefined;
  if (marker !== undefined) return readMarker(marker);
  if (markOf(character) === '{' || markOf(character) === '[') return { type: 'json' };
  if (character === '<') return { type: 'parameters' };
  return readName(text, index);
}

function readMarker(marker: Marker | 'partial'): Opening {
  if (marker === 'partial') return { type: 'partial' };
  const { type, length, name: tool } = marker;
  if (type === 'result') return { type: 'none' };
  if (type === 'close') return { type, length };
  return tool === undefined ? { type: 'marker', length } : { type: 'name', name: tool, length, bare: false };
}

function readFence(text: string, index: number): Opening {
  fence.lastIndex = index;
  if (fence.test(text)) return { type: 'skip', length: fence.lastIndex - index };
  return { type: fenceBeginning.test(text.slice(index, index + longestName)) ? 'partial' : 'none' };
}

function readName(text: string, index: number): Opening {
  const rest = text.slice(index, index + longestName);
  const [whole, tool] = name.exec(rest) ?? [];
  if (whole !== undefined && tool !== undefined) {
    return { type: 'name', name: tool, length: whole.length, bare: true };
  }
  return { type: rest.length < longestName && nameBeginning.test(rest) ? 'partial' : 'none' };
}

/** @returns how many characters an end marker takes, when one stands there; `partial` while it may become one. */
export function readEnd(text: string, index: number): number | 'partial' | undefined {
  if (text[index] === '`') {
    const run = matchRun(text, index);
    if (run === undefined) return 'partial';
    return run.length >= 3 ? run.length : undefined;
  }
  const marker = matchMarker(text, index);
  if (marker === 'partial' || marker === undefined) return marker;
  return marker.type === 'close' ? marker.length : 0;
}
