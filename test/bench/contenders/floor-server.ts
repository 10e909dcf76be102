import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { argv } from 'node:process';
import { text } from 'node:stream/consumers';
import { Agent, request as send } from 'undici';
import { announce } from '../programs/announce.ts';

// The floor: the two upstream calls of a chat and the translation of its chunks, written the usual way and nothing else.
// No keys, no accounts, no store, no errors, no limits.

interface Frame {
  readonly choices?: readonly { readonly delta: { readonly content: string; readonly status: string } }[];
}

const [, , upstream = ''] = argv;
const dispatcher = new Agent({ keepAliveTimeout: 300_000 });
const headers = { 'content-type': 'application/json', authorization: 'Bearer bench' };
let answers = 0;

announce(
  createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  }),
);

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { model, messages } = JSON.parse(await text(request));
  const chat = await post('/api/v2/chats/new', { title: 'bench', models: [model], chat_type: 't2t' });
  const { data }: { data: { id: string } } = JSON.parse(await chat.text());
  const path = `/api/v2/chat/completions?chat_id=${data.id}`;
  const body = await post(path, { stream: true, incremental_output: true, chat_id: data.id, model, messages });
  body.setEncoding('utf8');
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  answers += 1;
  const identity = { id: `chatcmpl-${answers}`, object: 'chat.completion.chunk', created: 1795276800, model };
  let rest = '';
  for await (const piece of body) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const chunk = translate(line, identity);
      if (chunk !== undefined && !response.write(chunk)) await once(response, 'drain');
    }
  }
  response.end('data: [DONE]\n\n');
}

async function post(path: string, body: object) {
  const answer = await send(`${upstream}${path}`, { method: 'POST', headers, body: JSON.stringify(body), dispatcher });
  return answer.body;
}

function translate(line: string, identity: object): string | undefined {
  if (!line.startsWith('data: ')) return undefined;
  const { choices }: Frame = JSON.parse(line.slice(6));
  const delta = choices?.[0]?.delta;
  if (delta === undefined) return undefined;
  const finish_reason = delta.status === 'finished' ? 'stop' : null;
  const choice = { index: 0, delta: finish_reason === null ? { content: delta.content } : {}, finish_reason };
  return `data: ${JSON.stringify({ ...identity, choices: [choice] })}\n\n`;
}
