import type { FunctionName, Route } from '../routes.ts';

/** A part of the API that a key may be kept to. */
export type RouteGroup = (typeof routeGroups)[number];

export const routeGroups = ['chat', 'images', 'videos', 'files', 'chats'] as const;

/** The group of each function's routes; those of none are open to every key, or to admins, as the route table says. */
const groups = {
  'chat-completions': 'chat',
  'native-chat': 'chat',
  messages: 'chat',
  gemini: 'chat',
  responses: 'chat',
  'count-tokens': 'chat',
  images: 'images',
  videos: 'videos',
  files: 'files',
  'native-files': 'files',
  chats: 'chats',
  models: undefined,
  status: undefined,
  'admin-accounts': undefined,
  'admin-keys': undefined,
  'admin-settings': undefined,
  'admin-usage': undefined,
  'admin-backup': undefined,
} as const satisfies Record<FunctionName, RouteGroup | undefined>;

/** @returns the group that a key must have for the route; `undefined` when it needs none, as on every route for admins. */
export function groupOf(route: Pick<Route, 'function' | 'access'>): RouteGroup | undefined {
  return route.access === 'admin' ? undefined : groups[route.function];
}

export function isRouteGroup(name: string): name is RouteGroup {
  return routeGroups.some((known) => known === name);
}
