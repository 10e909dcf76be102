import type { FaultRule } from '../../../local/simulator/faults/fault-rule.ts';
import type { Agent } from '../clients/agent.ts';
import { type CallForm, goodForm, sloppyForms } from '../model/call-forms.ts';

/** How the model writes in a run, and what goes wrong in its middle. */
export interface Scenario {
  readonly name: string;
  readonly forms: readonly CallForm[];
  /** Happens to the answer that follows the model's first call. */
  readonly fault?: FaultRule;
  /** How many long files the model reads before the work. */
  readonly notes?: number;
  /** The agent asks for its own models, and aliases give their names a meaning. */
  readonly isForOwnModels?: boolean;
}

/**
 * The runs of one agent.
 *
 * @param place of the agent among all: each gets two of the sloppy forms, so that together they meet all.
 */
export function scenariosFor(place: number, { hasOwnModels = false }: Agent): readonly Scenario[] {
  const forms = [0, 1].map((call) => sloppyForms[(2 * place + call) % sloppyForms.length] ?? goodForm);
  return [
    { name: 'well-formed calls', forms: [goodForm] },
    { name: 'sloppy calls', forms },
    { name: 'a 429 in the middle', forms: [goodForm], fault: { fault: 'http-429' } },
    { name: 'a cut stream in the middle', forms: [goodForm], fault: { fault: 'cut-after', after: 12 } },
    ...(hasOwnModels ? [{ name: 'models of its own', forms: [goodForm], isForOwnModels: true }] : []),
    { name: 'a conversation that grows long', forms: [goodForm], notes: 6 },
  ];
}
