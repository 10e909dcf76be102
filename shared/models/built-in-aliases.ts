import type { ModelAlias } from './model-alias.ts';

/**
 * Names that clients ask for on their own, whatever model they are told (clients §3): Gemini CLI's router and Claude
 * Code's small errands. Without them, a part of the client fails though its owner has set everything that can be set.
 *
 * @param model what they mean: the gateway's default.
 */
export function builtInAliases(model: string): readonly ModelAlias[] {
  return [
    { pattern: 'gemini-*-flash-lite', model },
    { pattern: 'claude-haiku-*', model },
  ];
}
