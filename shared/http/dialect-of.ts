import type { DialectName } from '../chat/dialect.ts';
import type { Call, Invocation } from './invocation.ts';

/** What of a request tells its dialect. */
interface AskedInvocation extends Pick<Invocation, 'match'> {
  readonly event: Pick<Invocation['event'], 'headers' | 'queryStringParameters' | 'rawPath'>;
}

/**
 * The dialect that a client's headers tell (client-apis C.0, clients §1): Anthropic's always name a version, Google's
 * have a place of their own for the key. `undefined` when they tell nothing, as OpenAI's.
 */
export function toldDialect({ headers, query }: Pick<Call, 'headers' | 'query'>): DialectName | undefined {
  if (headers['anthropic-version'] !== undefined) return 'anthropic';
  return headers['x-goog-api-key'] === undefined && query.key === undefined ? undefined : 'gemini';
}

/**
 * The dialect that a request is answered in: its route's, unless clients of several dialects share the path. Where there
 * is no route, the headers tell, else the path.
 */
export function dialectOf({ match, event }: AskedInvocation): DialectName {
  const { route } = match ?? {};
  if (route !== undefined && route.shared !== true) return route.dialect;
  const told = toldDialect({ headers: event.headers, query: event.queryStringParameters ?? {} });
  return told ?? route?.dialect ?? dialectOfPath(event.rawPath);
}

/** The first that fits counts. */
const paths: readonly (readonly [RegExp, DialectName])[] = [
  [/^\/api\//, 'native'],
  [/^\/v1beta(?:\/|$)/, 'gemini'],
  [/^\/v1\/models\/[^/]+?(?::|%3A)\w+\/*$/i, 'gemini'],
  [/^\/v1\/messages(?:\/|$)/, 'anthropic'],
  [/^\/v1\/responses(?:\/|$)/, 'openai-responses'],
];

function dialectOfPath(path: string): DialectName {
  return paths.find(([expression]) => expression.test(path))?.[1] ?? 'openai-chat';
}
