import { settings } from '../../shared/settings.ts';
import { isHiddenFromFunctions } from '../function-variables.ts';
import { LocalRuntimeError } from '../local-runtime-error.ts';

let taken = false;

/**
 * Makes `process.env` what functions are to see: nothing of the owner's AWS settings and secrets, no setting but those
 * given, and all of `variables`.
 *
 * @returns puts back what was there.
 * @throws LocalRuntimeError when another runtime of this process has done so: functions and the AWS SDK read the
 * environment at their first use, and there is one only.
 */
export function takeProcessEnvironment(variables: Readonly<Record<string, string>>): () => void {
  if (taken) throw new LocalRuntimeError('One process can run one runtime in mode start. Use mode dev for more.');
  taken = true;
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) {
    if (isHiddenFromFunctions(name) || Object.hasOwn(settings, name)) delete process.env[name];
  }
  Object.assign(process.env, variables);
  return () => {
    for (const name of Object.keys(variables)) delete process.env[name];
    Object.assign(process.env, before);
    taken = false;
  };
}
