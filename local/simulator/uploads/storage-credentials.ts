/** What an upload token holds; the storage checks signatures with it (qwen-web §6.1). */
export const storageCredentials = {
  accessKeyId: 'STS.TESTKEYID',
  accessKeySecret: 'TESTKEYSECRET',
  securityToken: 'TESTSECURITYTOKEN',
  bucket: 'qwen-webui-prod',
  region: 'oss-ap-southeast-1',
} as const;
