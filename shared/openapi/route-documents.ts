import { type Route, routes } from '../routes.ts';
import type { RouteDocument, RouteDocuments } from './route-document.ts';
import { accountRoutes } from './routes/account-routes.ts';
import { backupRoutes } from './routes/backup-routes.ts';
import { chatRoutes } from './routes/chat-routes.ts';
import { dialogRoutes } from './routes/dialog-routes.ts';
import { fileRoutes } from './routes/file-routes.ts';
import { geminiRoutes } from './routes/gemini-routes.ts';
import { imageRoutes } from './routes/image-routes.ts';
import { jobRoutes } from './routes/job-routes.ts';
import { keyRoutes } from './routes/key-routes.ts';
import { modelRoutes } from './routes/model-routes.ts';
import { nativeFileRoutes } from './routes/native-file-routes.ts';
import { responseRoutes } from './routes/response-routes.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import { settingRoutes } from './routes/setting-routes.ts';
import { statusRoutes } from './routes/status-routes.ts';
import { usageRoutes } from './routes/usage-routes.ts';
import { videoRoutes } from './routes/video-routes.ts';

const documents: RouteDocuments = {
  ...chatRoutes,
  ...responseRoutes,
  ...geminiRoutes,
  ...imageRoutes,
  ...videoRoutes,
  ...fileRoutes,
  ...nativeFileRoutes,
  ...dialogRoutes,
  ...modelRoutes,
  ...statusRoutes,
  ...accountRoutes,
  ...keyRoutes,
  ...jobRoutes,
  ...settingRoutes,
  ...backupRoutes,
  ...usageRoutes,
  ...sessionRoutes,
};

/** A line of the route table, and what the document says of it. */
export interface DocumentedRoute {
  /** `METHOD /path`. */
  readonly key: string;
  readonly route: Route;
  readonly document: RouteDocument;
}

/**
 * Every route of the table with its words.
 *
 * @throws Error when the table has a route that nobody describes, or somebody describes one that there is not.
 */
export function documentedRoutes(): readonly DocumentedRoute[] {
  const keys = routes.map(({ method, path }) => `${method} ${path}`);
  const surplus = Object.keys(documents).filter((key) => !keys.includes(key));
  const missing = keys.filter((key) => !Object.hasOwn(documents, key));
  if (missing.length > 0) throw new Error(`shared/openapi/routes does not describe ${missing.join(', ')}`);
  if (surplus.length > 0) throw new Error(`shared/openapi/routes describes what there is not: ${surplus.join(', ')}`);
  return routes.flatMap((route) => {
    const key = `${route.method} ${route.path}`;
    const document = documents[key];
    return document === undefined ? [] : [{ key, route, document }];
  });
}
