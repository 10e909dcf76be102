import { Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Alias } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface AlertTopicProperties {
  /** Gets a letter from AWS that asks to confirm, and alerts from then on. */
  readonly email: string;
}

/** Where alerts go. Made only when there is an address; a thousand letters a month are free. */
export class AlertTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { email }: AlertTopicProperties) {
    super(scope, id);
    const topic = new Topic(this, 'Topic', {
      displayName: 'qwen-gateway',
      // The key that AWS manages: it has no price, and its policy lets this account publish through SNS.
      masterKey: Alias.fromAliasName(this, 'Key', 'alias/aws/sns'),
      enforceSSL: true,
    });
    topic.addSubscription(new EmailSubscription(email));
    Validations.of(this).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason: 'A letter that can’t be delivered has no other place to go; the account’s state tells the same.',
    });
    this.arn = topic.topicArn;
  }

  /** Lets a function send alerts. */
  grantPublish(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['sns:Publish'], resourceArns: [this.arn] });
  }
}
