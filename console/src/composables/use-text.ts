import type { ComputedRef } from 'vue';
import type { Text } from '../text/text.ts';

/** The words in the language that is chosen; a template says `text.title`. */
export function useText<Words extends object>(text: Text<Words>): ComputedRef<Words> {
  return text.words;
}
