import { devNull } from 'node:os';

/**
 * What every process that uses the local store gets instead of the owner's AWS settings. These always win: nothing that
 * runs on the laptop may reach a real account.
 */
export const dummyCredentials: Readonly<Record<string, string>> = {
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
};
