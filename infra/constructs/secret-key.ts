import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * The name of the parameter that holds the key for account secrets. CloudFormation can't create a SecureString, and a
 * template must not hold the key: the importer writes the parameter, the functions read it.
 */
export class SecretKey extends Construct {
  readonly parameterName: string;
  readonly #parameterArn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = Stack.of(this);
    this.parameterName = `/qwen-gateway/${stack.stackName}/secret-key`;
    this.#parameterArn = stack.formatArn({
      service: 'ssm',
      resource: 'parameter',
      resourceName: this.parameterName.slice(1),
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }

  /**
   * Lets a function read this one parameter. It needs no right on the KMS key: the policy of the AWS-managed key
   * `aws/ssm` already lets this account decrypt through Parameter Store.
   */
  grantRead(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['ssm:GetParameter'], resourceArns: [this.#parameterArn] });
  }
}
