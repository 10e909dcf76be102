import { Agent, createServer, request as sendRequest } from 'node:http';
import { argv } from 'node:process';
import { announce } from '../programs/announce.ts';

// A bare Node pipe: one call to the upstream, whose answer passes as it is.

const upstream = new URL('/api/v2/chat/completions?chat_id=bench', argv[2]);
const agent = new Agent({ keepAlive: true });

announce(
  createServer((request, response) => {
    const { 'content-length': length } = request.headers;
    const headers = {
      'content-type': 'application/json',
      ...(length === undefined ? {} : { 'content-length': length }),
    };
    const call = sendRequest(upstream, { method: 'POST', agent, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    call.on('error', () => response.destroy());
    request.pipe(call);
  }),
);
