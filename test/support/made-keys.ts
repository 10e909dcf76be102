import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { vi } from 'vitest';
import { parsed, type TestGateway } from './gateway.ts';

/** A key that the admin API has made. */
export interface MadeKey {
  readonly id: string;
  readonly key: string;
}

export const words = [{ role: 'user', content: 'repeat: hi' }] as const;

/** Instances look at the keys every ten seconds; one that slept may take a minute. */
export const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 500 });

/** One request with a key, the owner's when none is given. */
export async function callWith(gateway: TestGateway, method: string, path: string, body?: unknown, key?: string) {
  const headers = { authorization: `Bearer ${key ?? gateway.adminKey}` };
  const response = await gateway.request(method, path, body, headers);
  return { status: response.status, body: await parsed(response) };
}

/** Makes keys of these fields. */
export async function makeKeys<Name extends string>(
  gateway: TestGateway,
  wanted: Readonly<Record<Name, object>>,
): Promise<(name: Name) => MadeKey> {
  const made = new Map<string, MadeKey>();
  for (const [name, fields] of Object.entries<object>(wanted)) {
    const { status, body } = await callWith(gateway, 'POST', '/admin/keys', { name, ...fields });
    if (status !== 201) throw new Error(`The key ${name} was not made: ${JSON.stringify(body)}`);
    made.set(name, body);
  }
  return (name) => made.get(name) ?? { id: '', key: '' };
}

/** The official clients with a key, without their own retries. */
export function clientsOf(gateway: TestGateway, apiKey: string) {
  const baseURL = gateway.runtime.url;
  return {
    openai: new OpenAI({ baseURL: `${baseURL}/v1`, apiKey, maxRetries: 0 }),
    anthropic: new Anthropic({ baseURL, apiKey, maxRetries: 0 }),
    gemini: new GoogleGenAI({ apiKey, httpOptions: { baseUrl: baseURL } }),
  };
}

/** What each official client throws when the key asks it for a chat with a model. */
export function failuresOf(gateway: TestGateway, key: string, model: string): Promise<readonly unknown[]> {
  const { openai, anthropic, gemini } = clientsOf(gateway, key);
  return Promise.all(
    [
      openai.chat.completions.create({ model, messages: [...words] }),
      anthropic.messages.create({ model, max_tokens: 99, messages: [...words] }),
      gemini.models.generateContent({ model, contents: 'repeat: hi' }),
    ].map((answer) => Promise.resolve(answer).catch((error: unknown) => error)),
  );
}
