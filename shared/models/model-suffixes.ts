/** What a model is asked to make. */
export type ModelOutput = 'text' | 'image' | 'image-edit' | 'video' | 'deep-research';

/** What the suffixes of a model name say; what they don't mention is left to the request. */
export interface NamedFeatures {
  readonly output: ModelOutput;
  readonly thinking?: boolean;
  readonly search?: boolean;
}

/** One suffix and what it says. */
interface Suffix {
  readonly text: string;
  readonly features: Partial<NamedFeatures>;
}

/** Those that end like another one stand before it (`-no-thinking` before `-thinking`). */
const suffixes: readonly Suffix[] = [
  { text: '-no-thinking', features: { thinking: false } },
  { text: '-nothinking', features: { thinking: false } },
  { text: '-fast', features: { thinking: false } },
  { text: '-thinking', features: { thinking: true } },
  { text: '-search', features: { search: true } },
  { text: '-image-edit', features: { output: 'image-edit' } },
  { text: '-image', features: { output: 'image' } },
  { text: '-video', features: { output: 'video' } },
  { text: '-deep-research', features: { output: 'deep-research' } },
];

/** A name without its last suffix. */
export interface CutName {
  readonly rest: string;
  readonly features: Partial<NamedFeatures>;
}

/**
 * Cuts the last suffix off a name, in any letter case.
 *
 * @returns `undefined` when the name ends in no suffix, or holds nothing else.
 */
export function cutSuffix(name: string): CutName | undefined {
  const lowerCase = name.toLowerCase();
  const suffix = suffixes.find(({ text }) => lowerCase.endsWith(text) && lowerCase.length > text.length);
  return suffix && { rest: name.slice(0, -suffix.text.length), features: suffix.features };
}
