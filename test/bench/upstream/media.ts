import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createdFrame, finishFrame } from './frames.ts';

/** A picture's head with its size, and noise behind it up to 1 MB. */
const picture = Buffer.alloc(1_000_000, 7);
picture.set(Buffer.from('iVBORw0KGgoAAAANSUhEUgAABTAAAAUwCAYAAAAAAAAA', 'base64'));

const steps = new EventEmitter();
/** Whether uploads wait, once all of their bytes are there. */
let holds = false;
let held = 0;

/**
 * Serves what pictures and uploads need beside a chat: the file of a picture, the right to upload, and the storage.
 *
 * @returns whether the request was one of these.
 */
export async function serveMedia(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const { method, url = '' } = request;
  if (method === 'PUT') await takeUpload(request, response);
  else if (url.startsWith('/pictures/')) response.writeHead(200, { 'content-type': 'image/png' }).end(picture);
  else if (url === '/api/v2/files/getstsToken') {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end(grant(originOf(request)));
  } else if (url.startsWith('/bench/')) await steer(url, response);
  else return false;
  return true;
}

/** The answer to a request for a picture. */
export function pictureAnswer(request: IncomingMessage): string {
  const content = `${originOf(request)}/pictures/one.png?key=bench`;
  const choice = { delta: { role: 'assistant', content, phase: 'image_gen', status: 'typing' } };
  return `${createdFrame}data: ${JSON.stringify({ choices: [choice] })}\n\n${finishFrame}`;
}

async function takeUpload(request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.resume();
  await once(request, 'end');
  if (holds) {
    held += 1;
    steps.emit('held');
    await once(steps, 'go-on');
  }
  response.writeHead(200).end();
}

/** `hold` lets uploads wait, `held` answers when one does, `release` ends that. */
async function steer(url: string, response: ServerResponse): Promise<void> {
  if (url.endsWith('/hold')) holds = true;
  else if (url.endsWith('/held')) {
    if (held === 0) await once(steps, 'held');
  } else {
    holds = false;
    held = 0;
    steps.emit('go-on');
  }
  response.writeHead(204).end();
}

let files = 0;

function grant(origin: string): string {
  files += 1;
  const path = `user/${files}_file.png`;
  const data = {
    access_key_id: 'bench',
    access_key_secret: 'bench',
    security_token: 'bench',
    bucketname: 'bench',
    region: 'oss-ap-southeast-1',
    endpoint: origin,
    file_path: path,
    file_id: `file-${files}`,
    file_url: `${origin}/bench/${path}?Expires=4102444800`,
  };
  return JSON.stringify({ success: true, data });
}

function originOf({ headers }: IncomingMessage): string {
  return `http://${headers.host}`;
}
