import { expect } from 'vitest';
import type { TestGateway } from '../../../support/gateway.ts';
import { model } from '../bench.ts';
import type { Form, WireDialect } from './dialects.ts';
import { readStream, type StreamRecord } from './read-stream.ts';

/** Sends one question by hand. */
export function ask(
  gateway: TestGateway,
  dialect: WireDialect,
  form: Form,
  prompt: string,
  more?: object,
): Promise<Response> {
  return gateway.request('POST', dialect.path(form, model), dialect.body(form, model, prompt, more));
}

/** The records of a whole stream. */
export async function askForRecords(
  gateway: TestGateway,
  dialect: WireDialect,
  prompt: string,
  more?: object,
): Promise<readonly StreamRecord[]> {
  const response = await ask(gateway, dialect, 'streamed', prompt, more);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  return Array.fromAsync(readStream(response));
}

/** What makes the simulator call the weather tool for each city, in one answer. */
export const callWeather = (...cities: readonly string[]): string =>
  `repeat: ${cities.map((city) => `[tool_call]${JSON.stringify({ name: 'get_weather', arguments: { city } })}[/tool_call]`).join(' ')}`;
