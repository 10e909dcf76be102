import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { identifySender } from '../accounts/credentials.ts';
import { sufferHeadFault } from '../faults/head-faults.ts';
import { parseJson } from '../json-value.ts';
import type { SimulatorState } from '../state.ts';
import { readContent } from '../uploads/read-content.ts';
import { Exchange } from './exchange.ts';
import { readBody } from './read-body.ts';
import { type RouteMatch, Router } from './router.ts';
import { simulatorRoutes } from './routes.ts';

/** Larger completion bodies meet the WAF, whatever they say: the least that was measured (qwen-web §4.5), in bytes. */
const largestCompletion = 117_000;
const controlPrefix = '/__simulator/';
const nothing = Buffer.alloc(0);

/** Answers as the upstream would; paths of the control API go to `control`. */
export function createListener(state: SimulatorState, control: ControlListener): RequestListener {
  const router = new Router(simulatorRoutes);
  return (request, response) => {
    serve(request, response, { state, control, router }).catch((error: unknown) => {
      // A client that left while it was still sending is no error of ours.
      if (!response.destroyed && !response.headersSent) {
        response.writeHead(500, { 'content-type': 'application/json; charset=utf-8' });
        response.end(JSON.stringify({ detail: String(error) }));
      } else {
        response.destroy();
      }
    });
  };
}

export type ControlListener = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  body: unknown,
) => Promise<void>;

interface Service {
  readonly state: SimulatorState;
  readonly control: ControlListener;
  readonly router: Router;
}

async function serve(request: IncomingMessage, response: ServerResponse, service: Service): Promise<void> {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const match = service.router.match(request.method ?? 'GET', path);
  const content = match?.route.kind === 'upload' ? await readContent(request) : undefined;
  const bytes = content === undefined ? await readBody(request) : nothing;
  const isJson = request.headers['content-type']?.startsWith('application/json') === true;
  const body = isJson ? parseJson(bytes.toString('utf8')) : undefined;
  if (path.startsWith(controlPrefix)) {
    await service.control(request, response, path.slice(controlPrefix.length), body);
    return;
  }
  const exchange = openExchange({ request, response, path, query, bytes, content, body }, match, service.state);
  const rule = exchange.fault;
  if (rule === undefined || (await sufferHeadFault(exchange, rule, service.state))) {
    await answer(exchange, match, service.state);
  }
}

type Received = Pick<Exchange, 'request' | 'response' | 'path' | 'bytes' | 'content' | 'body'> & {
  readonly query: string;
};

function openExchange(received: Received, match: RouteMatch | undefined, state: SimulatorState): Exchange {
  const { request, response, path, query, body } = received;
  const account = identifySender(request.headers, state.accounts)?.account.email;
  const seen = { path, account, body, route: match?.route.kind ?? ('unknown' as const) };
  const entry = state.journal.open({
    ...seen,
    method: request.method ?? 'GET',
    query,
    headers: request.headers,
    bodyBytes: received.content?.size ?? received.bytes.length,
  });
  response.once('close', () => {
    if (entry.outcome === 'open') {
      entry.outcome = response.writableFinished ? 'answered' : 'client-gone';
    }
    state.journal.changed(entry);
  });
  return new Exchange({ ...received, parameters: match?.parameters ?? {}, entry, fault: state.faults.take(seen) });
}

async function answer(exchange: Exchange, match: RouteMatch | undefined, state: SimulatorState): Promise<void> {
  if (match === undefined) {
    exchange.sendJson({ detail: 'Not Found' }, 404);
    return;
  }
  const { route } = match;
  if (route.kind === 'completion' && exchange.bytes.length > largestCompletion) {
    exchange.sendError('rgv587');
    return;
  }
  if (route.access === 'open') {
    await route.handle(exchange, state);
    return;
  }
  const sender = identifySender(exchange.request.headers, state.accounts);
  if (sender?.valid === true) {
    await route.handle(exchange, sender.account, state);
  } else {
    exchange.sendError('unauthorized-200');
  }
}
