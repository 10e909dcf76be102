import { randomBytes } from 'node:crypto';
import { sessionPrefix } from '../chat/session-token.ts';
import type { Attributes } from '../store/attributes.ts';
import { numberAttribute, textAttribute } from '../store/read-attribute.ts';
import { hashKey } from './hash-key.ts';

/** Where sessions come from: rows beside the keys, which are no keys themselves. */
export const sessionSource = 'session';

/** Minutes that a session lasts when it is not renewed. */
export const sessionMinutes = 60;
/** Hours after the sign-in until which a session can be renewed. */
export const signInHours = 12;

/** A sign-in with an admin key, as the table keeps it. The token itself is not kept. */
export interface StoredSession {
  /** SHA-256 of the token, in hex. */
  readonly hash: string;
  /** Id of the key that was signed in with. */
  readonly parentId: string;
  /** What all renewals of one sign-in share. */
  readonly signInId: string;
  /** Epoch milliseconds, as the next two. */
  readonly signedInAt: number;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Makes a token. @returns the token, to be told once, and its SHA-256 in hex. */
export function newSessionToken(): { readonly token: string; readonly hash: string } {
  const token = `${sessionPrefix}${randomBytes(32).toString('base64url')}`;
  return { token, hash: hashKey(token).toString('hex') };
}

export function newSignInId(): string {
  return randomBytes(9).toString('base64url');
}

/** @returns whether an item of the keys' partition is a session, whole or not. */
export function isSessionItem(item: Attributes): boolean {
  return textAttribute(item, 'source') === sessionSource;
}

/** @returns the session in an item, `undefined` when it is none or not whole. */
export function readSession(item: Attributes): StoredSession | undefined {
  if (!isSessionItem(item)) return undefined;
  const hash = textAttribute(item, 'sk');
  const parentId = textAttribute(item, 'parentId');
  const signInId = textAttribute(item, 'signInId');
  const signedInAt = numberAttribute(item, 'signedInAt');
  const expiresAt = numberAttribute(item, 'expiresAt');
  if (hash === undefined || !/^[0-9a-f]{64}$/.test(hash)) return undefined;
  if (parentId === undefined || signInId === undefined) return undefined;
  if (signedInAt === undefined || expiresAt === undefined) return undefined;
  return { hash, parentId, signInId, signedInAt, expiresAt, createdAt: numberAttribute(item, 'createdAt') ?? 0 };
}
