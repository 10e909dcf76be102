import { deployedFunctions } from '../../shared/routes.ts';
import { isRecord } from '../is-record.ts';

const region = 'us-east-1';
const account = '000000000000';

/** The ARN that a function has on this machine. */
export function functionArn(name: string): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

/**
 * What the template's references to functions and state machines give on this machine: `<logical id>.Arn` for both, and
 * `<logical id>` for state machines, whose `Ref` is their ARN.
 */
export function arnsOf(resources: Readonly<Record<string, unknown>>): Record<string, string> {
  const arns: Record<string, string> = {};
  for (const [logicalId, resource] of Object.entries(resources)) {
    if (!isRecord(resource)) continue;
    if (resource.Type === 'AWS::StepFunctions::StateMachine') {
      const arn = `arn:aws:states:${region}:${account}:stateMachine:${logicalId}`;
      arns[logicalId] = arn;
      arns[`${logicalId}.Arn`] = arn;
    }
    const name = resource.Type === 'AWS::Lambda::Function' ? functionNameOf(logicalId) : undefined;
    if (name !== undefined) arns[`${logicalId}.Arn`] = functionArn(name);
  }
  return arns;
}

/** The stack names its constructs after the functions: `import-account` becomes `ImportAccountFunction` and a hash. */
function functionNameOf(logicalId: string): string | undefined {
  const construct = /^(\w+)Function[0-9A-F]{8}$/.exec(logicalId)?.[1];
  return Object.keys(deployedFunctions).find((name) => name.replaceAll('-', '') === construct?.toLowerCase());
}
