import { Duration, Validations } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  type IOrigin,
  OriginRequestPolicy,
  PriceClass,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IFunctionUrl } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { defaultFunction, type FunctionName, routes } from '../../shared/routes.ts';
import { edgeReadTimeoutSeconds } from '../../shared/settings.ts';
import { consolePatterns } from '../console-headers.ts';
import { edgePaths } from './edge-paths.ts';

export interface EdgeProperties {
  readonly urls: ReadonlyMap<FunctionName, IFunctionUrl>;
  /** Sent to the functions as `x-origin-secret`. */
  readonly originSecret: string;
  /** How the console is served, whose paths no function has. */
  readonly site: BehaviorOptions;
}

/**
 * CloudFront in front of the functions: one host for all paths. It passes streams through as they come, and adds no
 * fixed price.
 */
export class Edge extends Construct {
  /** The host's address, without a trailing slash. */
  readonly baseUrl: string;

  constructor(scope: Construct, id: string, { urls, originSecret, site }: EdgeProperties) {
    super(scope, id);
    const origins = new Map([...urls].map(([name, url]) => [name, originOf(url, originSecret)]));
    const behavior = (name: FunctionName): BehaviorOptions => behaviorOf(origins.get(name), name);
    const paths = edgePaths(routes, defaultFunction, consolePatterns);
    const additionalBehaviors = {
      ...Object.fromEntries(consolePatterns.map((pattern) => [pattern, site])),
      ...Object.fromEntries(paths.map(([pattern, name]) => [pattern, behavior(name)])),
    };
    const distribution = new Distribution(this, 'Distribution', {
      comment: 'qwen-gateway',
      defaultBehavior: behavior(defaultFunction),
      additionalBehaviors,
      priceClass: PriceClass.PRICE_CLASS_100,
    });
    acknowledgeFindings(distribution);
    this.baseUrl = `https://${distribution.distributionDomainName}`;
  }
}

function originOf(url: IFunctionUrl, originSecret: string): IOrigin {
  return new FunctionUrlOrigin(url, {
    readTimeout: Duration.seconds(edgeReadTimeoutSeconds),
    keepaliveTimeout: Duration.seconds(60),
    customHeaders: { 'x-origin-secret': originSecret },
  });
}

function behaviorOf(origin: IOrigin | undefined, name: FunctionName): BehaviorOptions {
  if (origin === undefined) throw new Error(`The function ${name} has no URL`);
  return {
    origin,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    // Function URLs answer to their own Host only.
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    // Compressing would hold streams back.
    compress: false,
  };
}

function acknowledgeFindings(distribution: Distribution): void {
  Validations.of(distribution).acknowledge(
    {
      id: 'AwsSolutions-CFR1',
      reason: 'The owner may travel; callers are told apart by their key, not their country.',
    },
    { id: 'AwsSolutions-CFR2', reason: 'A web application firewall has a fixed monthly price.' },
    { id: 'AwsSolutions-CFR3', reason: 'The functions log every request, and write no secret into the log.' },
    { id: 'AwsSolutions-CFR4', reason: 'A newer least TLS version needs a domain and a certificate of the owner.' },
  );
}
