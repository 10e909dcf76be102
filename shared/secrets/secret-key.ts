import { randomBytes } from 'node:crypto';
import { ConfigurationError } from '../store/store-errors.ts';
import { SecretKeyUnavailableError } from './secret-errors.ts';

const keyBytes = 32;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the key from the SecureString parameter named by SECRET_KEY_PARAMETER. The SDK itself reads the region, the
 * credentials and AWS_ENDPOINT_URL_SSM.
 *
 * @throws SecretKeyUnavailableError, also when the parameter holds no 32-byte key in base64.
 */
export async function fetchSecretKey(env: Environment): Promise<Buffer> {
  const name = parameterName(env);
  const stored = await readParameter(name);
  if (stored === undefined) {
    throw new SecretKeyUnavailableError(`The parameter ${name} is missing. Run the import once; it makes the key.`);
  }
  const key = Buffer.from(stored, 'base64');
  if (key.length !== keyBytes) {
    throw new SecretKeyUnavailableError(`The parameter ${name} must hold ${keyBytes} bytes in base64.`);
  }
  return key;
}

/**
 * Makes the key when there is none. When two do so at once, the first write stands and both then read that one.
 *
 * @returns whether this call made it.
 * @throws SecretKeyUnavailableError
 */
export async function ensureSecretKey(env: Environment): Promise<boolean> {
  const name = parameterName(env);
  if ((await readParameter(name)) !== undefined) return false;
  const { ParameterAlreadyExists, PutParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
  const client = new SSMClient({});
  try {
    await client.send(
      new PutParameterCommand({
        Name: name,
        Description: 'Encrypts the accounts of qwen-gateway. Without it they have to be imported again.',
        Type: 'SecureString',
        Value: randomBytes(keyBytes).toString('base64'),
        Overwrite: false,
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ParameterAlreadyExists) return false;
    throw unavailable(name, error);
  } finally {
    client.destroy();
  }
}

// The SDK client is loaded here and not at the top, so that a cold start does not wait for code that it may not need.
async function readParameter(name: string): Promise<string | undefined> {
  const { GetParameterCommand, ParameterNotFound, SSMClient } = await import('@aws-sdk/client-ssm');
  const client = new SSMClient({});
  try {
    const answer = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return answer.Parameter?.Value;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw unavailable(name, error);
  } finally {
    client.destroy();
  }
}

function parameterName(env: Environment): string {
  const name = env.SECRET_KEY_PARAMETER;
  if (name === undefined || name === '') throw new ConfigurationError('SECRET_KEY_PARAMETER is not set.');
  return name;
}

function unavailable(name: string, cause: unknown): SecretKeyUnavailableError {
  const kind = cause instanceof Error ? cause.name : 'unknown error';
  return new SecretKeyUnavailableError(`The parameter ${name} can't be used just now (${kind}). Try again.`, { cause });
}
