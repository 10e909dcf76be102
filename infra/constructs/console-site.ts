import { Aws, CustomResource, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Function as EdgeFunction,
  type FunctionAssociation,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
import { contentSecurityPolicy } from '../console-headers.ts';
import { publisherCode } from './console-publisher-code.ts';
import { GatewayFunction } from './gateway-function.ts';

export interface ConsoleSiteProperties {
  /** Absolute path of the built console. */
  readonly folder: string;
  readonly logRetention: RetentionDays;
}

/** CloudFront runs this for each request of a page; folders have an index, and need the slash. */
const rewriteSource = `function handler(event) {
  var request = event.request;
  if (request.uri === '/api-docs') {
    return { statusCode: 308, statusDescription: 'Permanent Redirect', headers: { location: { value: '/api-docs/' } } };
  }
  if (request.uri.endsWith('/')) request.uri += 'index.html';
  return request;
}`;

/**
 * The console in a bucket that only CloudFront may read. A small function puts it there while CloudFormation makes the
 * stack: docs/decisions/2026-11-22-console.md.
 */
export class ConsoleSite extends Construct {
  /** How CloudFront serves it. */
  readonly behavior: BehaviorOptions;

  constructor(scope: Construct, id: string, properties: ConsoleSiteProperties) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // It holds nothing but what the next deployment would bring again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'A log of accesses needs a second bucket, and these files are for everybody.',
    });
    this.#publish(bucket, properties);
    this.behavior = {
      origin: S3BucketOrigin.withOriginAccessControl(asInterface(bucket)),
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: this.#headers(),
      functionAssociations: [this.#rewrite()],
      compress: true,
    };
  }

  #publish(bucket: Bucket, { folder, logRetention }: ConsoleSiteProperties): void {
    const { code, fingerprint, tidyUp } = publisherCode(folder);
    const publisher = new GatewayFunction(this, 'Publisher', {
      description: 'Puts the console into its bucket',
      code,
      memorySize: 256,
      timeout: Duration.minutes(3),
      logRetention,
      tracing: false,
    });
    tidyUp();
    const { role } = publisher.lambda;
    if (role === undefined) throw new Error('The publisher has no role');
    const grants = [
      Grant.addToPrincipal({ grantee: role, actions: ['s3:ListBucket'], resourceArns: [bucket.bucketArn] }),
      Grant.addToPrincipal({
        grantee: role,
        actions: ['s3:PutObject', 's3:DeleteObject'],
        resourceArns: [bucket.arnForObjects('*')],
      }),
    ];
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(bucket)}.Arn>/*]`,
      reason: 'It fills and empties the whole bucket, which holds nothing else.',
    });
    const published = new CustomResource(this, 'Files', {
      serviceToken: publisher.lambda.functionArn,
      resourceType: 'Custom::ConsoleFiles',
      serviceTimeout: Duration.minutes(5),
      properties: { Bucket: bucket.bucketName, Fingerprint: fingerprint },
    });
    for (const grant of grants) grant.applyBefore(published);
  }

  #headers(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyName: `${Aws.STACK_NAME}-${Aws.REGION}-console`,
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(), override: true },
        contentTypeOptions: { override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
      },
    });
  }

  #rewrite(): FunctionAssociation {
    const rewrite = new EdgeFunction(this, 'Rewrite', {
      code: FunctionCode.fromInline(rewriteSource),
      runtime: FunctionRuntime.JS_2_0,
    });
    return { function: rewrite, eventType: FunctionEventType.VIEWER_REQUEST };
  }
}

function logicalIdOf(bucket: Bucket): string {
  const resource = bucket.node.defaultChild;
  if (!CfnBucket.isCfnElement(resource)) throw new Error('The bucket has no resource.');
  return Stack.of(bucket).getLogicalId(resource);
}

/** The class and its interface differ in what a field that may be missing is, which only strict types notice. */
function asInterface(bucket: IConstruct): IBucket {
  if (!isBucket(bucket)) throw new Error('This is no bucket.');
  return bucket;
}

function isBucket(construct: IConstruct): construct is IBucket {
  return construct instanceof Bucket;
}
