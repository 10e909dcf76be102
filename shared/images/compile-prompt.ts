import { type StyleWishes, styleFieldNames, styleFields } from './style-fields.ts';

/** What of a request becomes words. */
export interface PromptWishes extends StyleWishes {
  readonly style?: 'vivid' | 'natural' | null | undefined;
}

const styles = {
  vivid: 'Vivid and dramatic, with strong colors.',
  natural: 'Natural and true to life.',
} as const;
/** Says what high quality means. */
export const detail = 'Rich in fine detail, sharp everywhere.';

/**
 * Writes everything that the upstream has no field for into the prompt, behind the caller's own words, which stay as
 * they are.
 *
 * @param isDetailed whether high quality is asked for.
 * @returns the prompt itself when nothing is wished for.
 */
export function compilePrompt(prompt: string, wishes: PromptWishes, isDetailed: boolean): string {
  const lines = [
    ...styleFieldNames.flatMap((name) => lineOf(styleFields[name], wishes[name])),
    ...(wishes.style ? [styles[wishes.style]] : []),
    ...(isDetailed ? [detail] : []),
  ];
  return lines.length === 0 ? prompt : [prompt, lines.join('\n')].join('\n\n');
}

/** Clients of the source send the word None for a wish that they have not. */
function lineOf(label: string, wish: string | null | undefined): readonly string[] {
  const words = wish?.replace(/\s+/g, ' ').trim() ?? '';
  return words === '' || /^none$/i.test(words) ? [] : [`${label}: ${words}`];
}
