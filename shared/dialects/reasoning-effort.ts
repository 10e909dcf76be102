/**
 * Whether a reasoning effort of OpenAI's asks for thinking: `none` and `minimal` do not, unknown ones do. `undefined`
 * without one.
 */
export function wantsThinking(effort: string | null | undefined): boolean | undefined {
  if (effort === null || effort === undefined) return undefined;
  return effort !== 'none' && effort !== 'minimal';
}
