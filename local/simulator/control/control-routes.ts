import { z } from 'zod';
import type { ControlListener } from '../http/serve.ts';
import type { SimulatorControl } from './control.ts';
import {
  accountSchema,
  emailSchema,
  faultSchema,
  paceSchema,
  pollsSchema,
  scriptSchema,
  waitSchema,
} from './control-schemas.ts';

type ControlCall = (control: SimulatorControl, body: unknown, argument: string) => unknown;

const done = { done: true };

/** The control API by method and first segment; a second segment is the call's argument. */
const calls = new Map<string, ControlCall>([
  ['POST fault', (control, body) => doing(() => control.fault(faultSchema.parse(body)))],
  ['GET faults', (control) => control.faults()],
  ['POST heal', (control) => doing(() => control.heal())],
  ['POST script', (control, body) => doing(() => control.script(scriptSchema.parse(body)))],
  ['POST pace', (control, body) => doing(() => control.pace(paceSchema.parse(body).chunkDelayMs))],
  ['POST release', (control) => doing(() => control.release())],
  ['GET requests', (control) => control.requests()],
  ['POST wait', (control, body) => waitFor(control, body)],
  ['GET violations', (control) => control.violations()],
  ['GET streams', (control) => control.activeStreams()],
  ['GET chats', (control, _body, email) => control.chats(email)],
  ['GET prompts', (control) => control.prompts().map(({ attached, ...prompt }) => prompt)],
  ['GET videos', (control) => control.videos()],
  ['POST video-polls', (control, body) => doing(() => control.videoPolls(pollsSchema.parse(body).polls))],
  ['GET uploads', (control) => control.uploads().map(({ bytes: _bytes, ...upload }) => upload)],
  ['GET accounts', (control) => control.accounts.list()],
  ['POST accounts', (control, body) => control.accounts.add(accountSchema.parse(body))],
  ['DELETE accounts', (control, _body, email) => ({ done: control.accounts.remove(email) })],
  ['POST expire', (control, body) => expire(control, body)],
  ['GET token', (control, _body, email) => ({ token: control.accounts.token(email) })],
  ['POST reset', (control) => doing(() => control.reset())],
]);

/** Gives other processes what `SimulatorControl` gives this one, as JSON. Bad calls are told so, with status 400. */
export function createControlListener(control: SimulatorControl): ControlListener {
  return async (request, response, path, body) => {
    const [name = '', argument = ''] = path.split('/');
    const call = calls.get(`${request.method} ${name}`);
    let status = 200;
    let answer: unknown;
    try {
      answer = call === undefined ? undefined : await call(control, body, decodeURIComponent(argument));
      status = call === undefined ? 404 : 200;
    } catch (error) {
      status = 400;
      answer = { error: error instanceof z.ZodError ? z.prettifyError(error) : String(error) };
    }
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(answer ?? { error: `no control call ${request.method} ${name}` }));
  };
}

function doing(action: () => void): typeof done {
  action();
  return done;
}

function expire(control: SimulatorControl, body: unknown): object {
  const { email, refreshTokens } = emailSchema.parse(body);
  return { done: control.accounts.expire(email, { refreshTokens }) };
}

function waitFor(control: SimulatorControl, body: unknown): Promise<unknown> {
  const { afterNumber = 0, ...wanted } = waitSchema.parse(body);
  return control.waitFor(
    (entry) =>
      entry.number > afterNumber &&
      (wanted.route === undefined || wanted.route === entry.route) &&
      (wanted.method === undefined || wanted.method === entry.method) &&
      (wanted.path === undefined || wanted.path === entry.path) &&
      (wanted.account === undefined || wanted.account === entry.account) &&
      (wanted.outcome === undefined || wanted.outcome === entry.outcome) &&
      (wanted.stalled === undefined || wanted.stalled === entry.stalled),
  );
}
