/** What an upload token holds; the storage checks signatures with it (qwen-web §6.1). */
export const storageCredentials = {
  accessKeyId: 'STS.TESTKEYID',
  accessKeySecret: 'TESTKEYSECRET',
  securityToken: 'TESTSECURITYTOKEN',
  bucket: 'qwen-webui-prod',
  region: 'oss-ap-southeast-1',
} as const;

/** The object's key, whether the bucket leads the path or not. @param path encoded. */
export function keyOf(path: string): string {
  const decoded = decodeURIComponent(path);
  const prefix = `${storageCredentials.bucket}/`;
  return decoded.startsWith(prefix) ? decoded.slice(prefix.length) : decoded;
}
