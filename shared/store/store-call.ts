import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { StoreUnavailableError } from './store-errors.ts';

/** @returns whether the write's condition held, and so the write happened. @throws StoreUnavailableError */
export async function conditionHeld(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw unavailable(error);
  }
}

/** @throws StoreUnavailableError when the read fails. */
export async function available<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    throw unavailable(error);
  }
}

function unavailable(cause: unknown): StoreUnavailableError {
  const kind = cause instanceof Error ? cause.name : 'unknown error';
  return new StoreUnavailableError(`The gateway's table can't be used just now (${kind}). Try again.`, { cause });
}
