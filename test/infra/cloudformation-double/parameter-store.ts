import { ServiceError } from './service-error.ts';
import { isRecord } from './template.ts';

/** A version of the bootstrap stack that every current CDK is content with. */
const bootstrapVersion = '32';

/**
 * SSM as far as the CDK asks whether the account has been bootstrapped.
 *
 * @throws ServiceError for everything else.
 */
export function performParameterAction(target: string, body: Buffer): object {
  const input: unknown = JSON.parse(body.toString() || '{}');
  const name = isRecord(input) ? String(input.Name) : '';
  if (target !== 'AmazonSSM.GetParameter')
    throw new ServiceError('InvalidAction', `The double does not know ${target}`);
  if (!name.startsWith('/cdk-bootstrap/')) throw new ServiceError('ParameterNotFound', `No parameter ${name}`);
  return { Parameter: { Name: name, Type: 'String', Value: bootstrapVersion } };
}
