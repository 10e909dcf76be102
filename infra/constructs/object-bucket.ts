import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Grant, type IRole } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ObjectLifetime } from '../../shared/objects/object-lifetimes.ts';

export interface ObjectBucketProperties {
  /** Whether deleting the stack may delete the bucket, once it is empty. */
  readonly removable: boolean;
  readonly lifetimes: readonly ObjectLifetime[];
}

/** What a function may do with objects. */
export type ObjectAct = 'read' | 'put' | 'write' | 'delete';

const actions = {
  read: ['s3:GetObject'],
  put: ['s3:PutObject'],
  // A write in parts that fails is taken back.
  write: ['s3:PutObject', 's3:AbortMultipartUpload'],
  delete: ['s3:DeleteObject'],
} as const satisfies Record<ObjectAct, readonly string[]>;

/** The owner's bucket: results and files, each for some days. Nobody gets in but the functions and signed links. */
export class ObjectBucket extends Construct {
  readonly #bucket: Bucket;

  constructor(scope: Construct, id: string, { removable, lifetimes }: ObjectBucketProperties) {
    super(scope, id);
    this.#bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [
        ...lifetimes.map(({ prefix, days }) => ({ prefix, expiration: Duration.days(days) })),
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy: removable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    Validations.of(this.#bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'A log of accesses needs a second bucket, and the functions log what they do. Objects live for days.',
    });
  }

  /** The bucket's name, as a token. */
  get name(): string {
    return this.#bucket.bucketName;
  }

  /**
   * Lets a function do something with the objects of one kind. None may list them: S3 then does not tell what is missing
   * from what is forbidden, which the readers of the bucket know.
   *
   * @param role of the function.
   * @param prefix as `results/`.
   */
  grant(role: IRole, prefix: string, acts: readonly ObjectAct[]): void {
    Grant.addToPrincipal({
      grantee: role,
      actions: acts.flatMap((act) => actions[act]),
      resourceArns: [this.#bucket.arnForObjects(`${prefix}*`)],
    });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${this.#logicalId()}.Arn>/${prefix}*]`,
      reason: 'Objects have names that nobody knows before; the prefix is what tells them apart.',
    });
  }

  #logicalId(): string {
    const resource = this.#bucket.node.defaultChild;
    if (!CfnBucket.isCfnElement(resource)) throw new Error('The bucket has no resource.');
    return Stack.of(this).getLogicalId(resource);
  }
}
