/**
 * The part of the SNS client that the functions use: inside the bundles, `@aws-sdk/client-sns` means this file. Bundling
 * fails when a source asks for another name; add it here then.
 */
export { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
