import { once } from 'node:events';
import { createServer, type IncomingMessage, request as openRequest, type ServerResponse } from 'node:http';
import { declaredTools } from './declared-tools.ts';

/** One request of an agent, as it came. */
export interface RelayedRequest {
  readonly method: string;
  /** Without its query, which may hold a key. */
  readonly path: string;
  readonly bodyBytes: number;
  readonly tools: readonly string[];
  /** `undefined` when there was no answer. */
  status: number | undefined;
  answerBytes: number;
}

export interface Relay {
  readonly url: string;
  readonly requests: readonly RelayedRequest[];
  /** How often something else than the gateway was asked for; it was refused. */
  readonly strayConnections: readonly string[];
  close(): Promise<void>;
}

/** Stands between an agent and the gateway, passes everything on as it is, and notes what passed. */
export async function startRelay(gatewayUrl: string): Promise<Relay> {
  const requests: RelayedRequest[] = [];
  const strayConnections: string[] = [];
  const server = createServer((request, response) => {
    void relay(request, response, gatewayUrl, requests).catch(() => response.destroy());
  });
  // The agents are told that this is their proxy: whatever is not on this machine ends here.
  server.on('connect', (request, socket) => {
    strayConnections.push(request.url ?? '');
    // Who is refused may well be gone by then.
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    requests,
    strayConnections,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function relay(
  request: IncomingMessage,
  response: ServerResponse,
  gatewayUrl: string,
  requests: RelayedRequest[],
): Promise<void> {
  const body = Buffer.concat(await Array.fromAsync(request));
  const record: RelayedRequest = {
    method: request.method ?? '',
    path: (request.url ?? '').split('?')[0] ?? '',
    bodyBytes: body.length,
    tools: declaredTools(parse(body)),
    status: undefined,
    answerBytes: 0,
  };
  requests.push(record);
  const onward = openRequest(new URL(request.url ?? '/', gatewayUrl), {
    method: record.method,
    headers: { ...request.headers, host: new URL(gatewayUrl).host, 'content-length': body.length },
  });
  response.once('close', () => onward.destroy());
  onward.end(body);
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    onward.once('response', resolve).once('error', reject),
  );
  record.status = answer.statusCode;
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  for await (const chunk of answer) {
    record.answerBytes += chunk.length;
    response.write(chunk);
  }
  response.end();
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
