import { isRecord } from '../is-record.ts';
import { LocalRuntimeError } from '../local-runtime-error.ts';
import { type References, resolveValue } from './resolve-value.ts';

/** A state machine as `cdk deploy` would make it, with the ARNs of this machine. */
export interface TemplateMachine {
  readonly arn: string;
  /** JSON. */
  readonly definition: string;
}

/** @throws LocalRuntimeError when a definition depends on something that only AWS can resolve. */
export function readMachines(
  resources: Readonly<Record<string, unknown>>,
  names: References,
): readonly TemplateMachine[] {
  return Object.entries(resources).flatMap(([logicalId, resource]) => {
    if (!isRecord(resource) || resource.Type !== 'AWS::StepFunctions::StateMachine') return [];
    const properties = isRecord(resource.Properties) ? resource.Properties : {};
    const definition = resolveValue(properties.DefinitionString, names);
    const arn = names[logicalId];
    if (definition !== undefined && arn !== undefined) return [{ arn, definition }];
    throw new LocalRuntimeError(`The state machine ${logicalId} holds a value that only AWS can resolve.`);
  });
}
