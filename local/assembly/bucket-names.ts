import { isRecord } from '../is-record.ts';

/** The buckets of a template: what a `Ref` to each gives on this machine, by its logical id. */
export function bucketNames(resources: Readonly<Record<string, unknown>>): Record<string, string> {
  const buckets = Object.entries(resources).filter(([, given]) => isRecord(given) && given.Type === 'AWS::S3::Bucket');
  return Object.fromEntries(buckets.map(([logicalId]) => [logicalId, logicalId.toLowerCase()]));
}
