import { ConfigurationError } from '../store/store-errors.ts';

/** Environment variables: BUCKET_NAME, which the deployment gives, and what the AWS SDK reads too. */
export type ObjectEnvironment = Readonly<Record<string, string | undefined>>;

/** @throws ConfigurationError when the deployment gives this function no bucket. */
export function bucketName(environment: ObjectEnvironment): string {
  return required(environment, 'BUCKET_NAME');
}

/** Whether S3 is a stand-in at AWS_ENDPOINT_URL_S3, where the bucket is part of the path and not of the host's name. */
export function isPathStyle(environment: ObjectEnvironment): boolean {
  return (environment.AWS_ENDPOINT_URL_S3 ?? '') !== '';
}

/**
 * The address of an object, without a signature.
 *
 * @throws ConfigurationError
 */
export function objectUrl(environment: ObjectEnvironment, key: string): URL {
  const bucket = bucketName(environment);
  const path = key.split('/').map(encodeSegment).join('/');
  const url = isPathStyle(environment)
    ? `${environment.AWS_ENDPOINT_URL_S3}/${bucket}/${path}`
    : `https://${bucket}.s3.${bucketRegion(environment)}.amazonaws.com/${path}`;
  return new URL(url);
}

/** @throws ConfigurationError */
export function bucketRegion(environment: ObjectEnvironment): string {
  return required(environment, 'AWS_REGION');
}

/**
 * The key pair that Lambda and the laptop's runtime put into the environment.
 *
 * @throws ConfigurationError
 */
export function signingCredentials(environment: ObjectEnvironment): {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
} {
  const { AWS_SESSION_TOKEN: sessionToken = '' } = environment;
  return {
    accessKeyId: required(environment, 'AWS_ACCESS_KEY_ID'),
    secretAccessKey: required(environment, 'AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken !== '' && { sessionToken }),
  };
}

/** As signatures have it: everything but letters, digits and `-._~`. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function required(environment: ObjectEnvironment, name: string): string {
  const value = environment[name];
  if (value === undefined || value === '') throw new ConfigurationError(`${name} is not set.`);
  return value;
}
