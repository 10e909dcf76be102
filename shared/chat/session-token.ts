/** How the token of a session begins, so that it is told from a key at sight. */
export const sessionPrefix = 'qgs-';

export function isSessionToken(presented: string): boolean {
  return presented.startsWith(sessionPrefix);
}
