import { account } from './stack.ts';
import { writeXml } from './xml.ts';

/**
 * STS: says who calls, and lends every role that is asked for.
 *
 * @returns The inside of the answer's result element, `undefined` for an action that is not of this service.
 */
export function performTokenAction(action: string): string | undefined {
  if (action === 'GetCallerIdentity') {
    return writeXml({ Arn: `arn:aws:iam::${account}:user/double`, UserId: 'double', Account: account });
  }
  if (action !== 'AssumeRole') return undefined;
  return writeXml({
    Credentials: {
      AccessKeyId: 'double',
      SecretAccessKey: 'double',
      SessionToken: 'double',
      Expiration: '2099-01-01T00:00:00Z',
    },
    AssumedRoleUser: { Arn: `arn:aws:sts::${account}:assumed-role/double/double`, AssumedRoleId: 'double:double' },
  });
}
