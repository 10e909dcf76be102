import type { Model } from '../chat/model.ts';
import { type ResolvedModel, resolveModel } from './model-name.ts';

const prefix = 'claude-';

/** The name under which Claude Code lists a model: it leaves out all that hold no `claude` (clients §3). */
export function claudeName(name: string): string {
  return prefix + name;
}

/** Finds the model of such a name. @returns `undefined` for any other name. */
export function resolveClaudeName(name: string, models: readonly Model[]): ResolvedModel | undefined {
  const trimmed = name.trim();
  return trimmed.toLowerCase().startsWith(prefix) ? resolveModel(trimmed.slice(prefix.length), models) : undefined;
}
