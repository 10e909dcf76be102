import { packedVocabulary } from './packed-vocabulary.ts';
import { TokenCounter } from './token-counter.ts';
import { readVocabulary } from './vocabulary.ts';

let counter: TokenCounter | undefined;

/** The process's one counter, made when it is first asked for: about 50 ms and 25 MB in a bundle. */
export function openTokenCounter(): TokenCounter {
  counter ??= new TokenCounter(readVocabulary(packedVocabulary()));
  return counter;
}
