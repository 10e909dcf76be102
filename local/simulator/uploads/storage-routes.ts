import type { Exchange } from '../http/exchange.ts';
import type { SimulatorRoute } from '../http/route.ts';
import { plainPicture } from './plain-picture.ts';
import { getObject } from './storage-get.ts';
import { putObject } from './storage-put.ts';

// The first box of an MP4: enough to show that a download works.
const video = Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex');

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
