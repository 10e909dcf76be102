import type { Section } from './read-conversation.ts';

/** A tool as its signature tells of it. */
export interface OfferedTool {
  readonly name: string;
  /** Empty for a tool that takes free text. */
  readonly parameters: readonly OfferedParameter[];
  readonly takesText: boolean;
}

export interface OfferedParameter {
  readonly name: string;
  readonly isRequired: boolean;
  /** As `string`, `"a" | "b"` or `{ … }`. */
  readonly type: string;
}

const signature = /^## (?<name>[\w.-]+)(?:\((?<parameters>.*)\)|: free text)$/gmu;
const parameter = /^"?(?<name>[^"?:]+)"?(?<optional>\?)?: (?<type>.*)$/su;

/** The tools that the instructions of a conversation tell of; none when there are no such instructions. */
export function offeredTools(conversation: readonly Section[]): readonly OfferedTool[] {
  const instructions = conversation.find(({ role, words }) => role === 'instructions' && /^# Tools$/m.test(words));
  return [...(instructions?.words ?? '').matchAll(signature)].map(({ groups = {} }) => ({
    name: groups.name ?? '',
    parameters: splitParameters(groups.parameters ?? '').flatMap((text) => readParameter(text)),
    takesText: groups.parameters === undefined,
  }));
}

function readParameter(text: string): readonly OfferedParameter[] {
  const groups = parameter.exec(text.trim())?.groups;
  return groups === undefined
    ? []
    : [{ name: groups.name ?? '', isRequired: groups.optional === undefined, type: groups.type ?? '' }];
}

/** Cuts at the commas that stand in no bracket and no quotes. */
function splitParameters(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[\s\S]/gu)) {
    if ('([{'.includes(token)) depth += 1;
    if (')]}'.includes(token)) depth -= 1;
    if (token === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else {
      part += token;
    }
  }
  return [...parts, part];
}
