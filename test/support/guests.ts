import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import OpenAI from 'openai';
import type { TestGateway } from './gateway.ts';

/** Somebody with an account of the site's and without a key of the gateway's. */
export interface Guest {
  readonly email: string;
  readonly token: string;
}

/** Registers an account with the simulator that the gateway knows nothing of. */
export function newGuest({ simulator }: TestGateway, email: string): Guest {
  const { token } = simulator.control.accounts.add({ email, password: 'a password that nobody types' });
  return { email, token };
}

export function credentialOf(guests: readonly Guest[]): string {
  return guests.map(({ token }) => token).join(',');
}

/** The official client with tokens in place of a key, without its own retries. */
export function clientOf({ runtime }: TestGateway, guests: readonly Guest[]): OpenAI {
  return new OpenAI({ baseURL: `${runtime.url}/v1`, apiKey: credentialOf(guests), maxRetries: 0 });
}

/** Whose accounts the completions since a request's number went through, oldest first. */
export function servedBy({ simulator }: TestGateway, since = 0): readonly (string | undefined)[] {
  const entries = simulator.control.requests();
  return entries.filter(({ route, number }) => route === 'completion' && number > since).map(({ account }) => account);
}

/** The number of the simulator's last request. */
export function lastNumber({ simulator }: TestGateway): number {
  return simulator.control.requests().at(-1)?.number ?? 0;
}

/** Everything that lies in a folder, bytes as Latin letters. */
export async function contentsOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')));
  return texts.join('\n');
}
