import { readFileSync } from 'node:fs';
import type { Exchange } from '../http/exchange.ts';
import type { SimulatorRoute } from '../http/route.ts';
import { plainPicture } from './plain-picture.ts';
import { getObject } from './storage-get.ts';
import { putObject } from './storage-put.ts';

// One second of 320 by 180 pixels, drawn and recorded in a browser, so that a player has something to play.
const video = readFileSync(new URL('sample-film.mp4', import.meta.url));

/** The storage host and the picture host, which have no host of their own here (qwen-web §5.1, §6.2). */
export const storageRoutes: readonly SimulatorRoute[] = [
  { method: 'GET', path: '/output/{path+}', kind: 'download', access: 'open', handle: downloadOutput },
  { method: 'PUT', path: '/{path+}', kind: 'upload', access: 'open', handle: putObject },
  { method: 'GET', path: '/{account}/{file}', kind: 'download', access: 'open', handle: getObject },
];

function downloadOutput(exchange: Exchange): void {
  const isVideo = exchange.path.endsWith('.mp4');
  exchange.send(200, isVideo ? 'video/mp4' : 'image/png', isVideo ? video : plainPicture(exchange.path));
}
