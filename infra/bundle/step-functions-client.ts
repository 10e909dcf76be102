/**
 * The part of the Step Functions client that the functions use: inside the bundles, `@aws-sdk/client-sfn` means this
 * file. Bundling fails when a source asks for another name; add it here then.
 */
export {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
