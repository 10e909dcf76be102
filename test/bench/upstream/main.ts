import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { announce } from '../programs/announce.ts';
import { sendBurst, sendPaced } from './answers.ts';
import { pictureAnswer, serveMedia } from './media.ts';

// Stands in for chat.qwen.ai with as little work as possible, so that the contenders are the slowest part. The simulator
// is the faithful stand-in; this one knows the calls of a chat, pictures and uploads, and believes everything.

const catalogue = JSON.stringify({
  success: true,
  data: {
    data: [
      {
        id: 'qwen3.7-plus',
        name: 'Qwen3.7-Plus',
        owned_by: 'qwen',
        info: {
          is_active: true,
          meta: { chat_type: ['t2t', 't2i'], capabilities: { thinking: true, search: true, vision: true } },
        },
      },
    ],
  },
});
const json = { 'content-type': 'application/json; charset=utf-8' };
const eventStream = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };
/** How a question says what its answer shall be: chunks, milliseconds between them, and whether it is a tool's call. */
const plan = /bench:(\d+)x(\d+)(called)?/;

let chats = 0;

announce(
  createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  }),
);

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url = '' } = request;
  if (await serveMedia(request, response)) return;
  const body = await text(request);
  if (method === 'GET') {
    response.writeHead(200, json).end(catalogue);
  } else if (url === '/api/v2/chats/new') {
    chats += 1;
    response.writeHead(200, json).end(`{"success": true, "data": {"id": "bench-${chats}"}}`);
  } else if (url.startsWith('/api/v2/chat/completions?')) {
    if (body.includes('bench:picture')) response.writeHead(200, eventStream).end(pictureAnswer(request));
    else await answer(response, body);
  } else {
    response.writeHead(200, json).end('{"success": true, "data": {"status": true}}');
  }
}

async function answer(response: ServerResponse, question: string): Promise<void> {
  const [, chunks, interval, called] = plan.exec(question) ?? [];
  response.writeHead(200, eventStream);
  if (Number(interval) > 0) sendPaced(response, Number(chunks), Number(interval));
  else await sendBurst(response, Number(chunks), called !== undefined);
}
