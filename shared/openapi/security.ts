import type { Route } from '../routes.ts';

/** The ways in which a key can be shown; each is as good as any other. */
export const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'A gateway key, or a session of the console.' },
  anthropicKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description: 'The key as Anthropic’s clients send it.',
  },
  googleKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-goog-api-key',
    description: 'The key as Google’s clients send it.',
  },
  googleQueryKey: { type: 'apiKey', in: 'query', name: 'key', description: 'The same in the URL.' },
} as const;

const anyWay = Object.keys(securitySchemes).map((name) => ({ [name]: [] }));

/** Who may call, in OpenAPI's terms: an empty requirement is nobody's key. */
export function securityOf({ access }: Pick<Route, 'access'>): readonly object[] {
  if (access === 'anyone') return [];
  return access === 'setting' ? [...anyWay, {}] : anyWay;
}

const words = {
  key: 'Any gateway key.',
  admin: 'An admin key.',
  setting: 'Any gateway key, or none where the owner has set `PUBLIC_MODELS`.',
  anyone: 'No key.',
} as const satisfies Record<Route['access'], string>;

/** Who may call, in words. */
export function accessWords({ access }: Pick<Route, 'access'>): string {
  return words[access];
}
