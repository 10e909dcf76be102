/**
 * The part of the Parameter Store client that the functions use: inside the bundles, `@aws-sdk/client-ssm` means this
 * file. Bundling fails when a source asks for another name; add it here then.
 */
export {
  GetParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
