import type { SimulatorRoute } from '../http/route.ts';
import { catalogue } from './catalogue.ts';

/** The model list in both versions; neither needs a token (qwen-web §2). */
export const modelRoutes: readonly SimulatorRoute[] = [
  {
    method: 'GET',
    path: '/api/v2/models',
    kind: 'models',
    access: 'open',
    handle: (exchange) => exchange.sendSuccess({ data: catalogue }),
  },
  {
    method: 'GET',
    path: '/api/models',
    kind: 'models',
    access: 'open',
    handle: (exchange) => exchange.sendJson({ data: catalogue }),
  },
];
