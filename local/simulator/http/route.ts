import type { Account } from '../accounts/account-book.ts';
import type { SimulatorState } from '../state.ts';
import type { Exchange } from './exchange.ts';

/** What a path is for; v1 and v2 of one thing have the same kind. Faults and the journal speak in these. */
export const routeKinds = [
  'sign-in',
  'refresh',
  'auth-check',
  'settings',
  'models',
  'chat-create',
  'chat-list',
  'chat-read',
  'chat-delete',
  'chat-rename',
  'completion',
  'stop',
  'task',
  'upload-token',
  'upload',
  'parse',
  'parse-status',
  'download',
] as const;

export type RouteKind = (typeof routeKinds)[number];

interface RouteHead {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Fixed segments, `{name}` for one segment, and `{name+}` at the end for all that follow. */
  readonly path: string;
  readonly kind: RouteKind;
}

/** A path that needs a valid token. */
export interface AccountRoute extends RouteHead {
  readonly access: 'account';
  handle(exchange: Exchange, account: Account, state: SimulatorState): void | Promise<void>;
}

/** A path that looks after itself. */
export interface OpenRoute extends RouteHead {
  readonly access: 'open';
  handle(exchange: Exchange, state: SimulatorState): void | Promise<void>;
}

export type SimulatorRoute = AccountRoute | OpenRoute;
