import { repairArguments } from '../tools/reader/repair-arguments.ts';

/** Mends what models get wrong in JSON: quotes, commas, braces that are missing at the end. */
export function repairJson(text: string): string | undefined {
  return repairArguments(text);
}
