import { locationHeaders } from '../answer-headers.ts';
import {
  account,
  accountList,
  addedAccount,
  deletedAccount,
  importDetail,
  importEvents,
  refreshReport,
  startedImport,
} from '../answers/accounts.ts';
import { oneAccountErrors, secretErrors, upstreamErrors } from '../error-topics.ts';
import { oneOf } from '../json-schema.ts';
import { accountFields, accountImport, refreshIds } from '../requests/account-bodies.ts';
import { lastEventId } from '../requests/request-headers.ts';
import type { RouteDocuments } from '../route-document.ts';

const unknown = ['account_not_found'];
const asking = [...oneAccountErrors, ...secretErrors, ...upstreamErrors, 'rate_limit_exceeded', 'insufficient_quota'];

/** The owner's accounts. */
export const accountRoutes = {
  'GET /admin/accounts': {
    tag: 'Admin: accounts',
    summary: 'List accounts',
    answers: { 200: { description: 'All accounts, by label.', json: accountList } },
  },
  'POST /admin/accounts': {
    tag: 'Admin: accounts',
    summary: 'Add an account',
    description: 'By token, Cookie header, or e-mail and password. The site is asked whether it accepts them.',
    body: { json: accountFields, example: { email: 'one@example.com', password: 'correct horse' } },
    answers: {
      200: { description: 'It was there already.', json: addedAccount },
      201: { description: 'It was added.', json: addedAccount },
    },
    errors: asking,
  },
  'POST /admin/accounts/refresh': {
    tag: 'Admin: accounts',
    summary: 'Renew many tokens',
    description:
      'Of every account that can be renewed, or of those that `ids` names. What can’t be begun in time is `left`.',
    body: { json: refreshIds, isOptional: true, example: { ids: ['account-cf55e975a35d5093'] } },
    answers: { 200: { description: 'What became of each.', json: refreshReport } },
  },
  'GET /admin/accounts/{id}': {
    tag: 'Admin: accounts',
    summary: 'Look at an account',
    answers: { 200: { description: 'The account.', json: account } },
    errors: unknown,
  },
  'DELETE /admin/accounts/{id}': {
    tag: 'Admin: accounts',
    summary: 'Remove an account',
    answers: { 200: { description: 'It is gone.', json: deletedAccount } },
    errors: unknown,
  },
  'POST /admin/accounts/{id}/{act}': {
    tag: 'Admin: accounts',
    summary: 'Do something with an account',
    description: '`relogin` takes the fields of a new account; the other acts take no body.',
    path: { act: oneOf('test', 'refresh', 'relogin', 'disable', 'enable', 'drain') },
    body: { json: accountFields, isOptional: true },
    answers: { 200: { description: 'The account as it is now.', json: account } },
    errors: [...asking, ...unknown, 'account_state', 'route_not_found'],
  },
  'POST /admin/imports': {
    tag: 'Admin: accounts',
    summary: 'Import many accounts',
    description: 'A list, `accounts`, or `text` with one entry a line. Goes on by itself.',
    body: { json: accountImport, example: { accounts: [{ email: 'two@example.com', password: 'correct horse' }] } },
    answers: { 202: { description: 'The import.', json: startedImport, headers: locationHeaders } },
    errors: [...secretErrors],
  },
  'GET /admin/imports/{id}': {
    tag: 'Admin: accounts',
    summary: 'Look at an import',
    answers: { 200: { description: 'How far it is, with each of its accounts.', json: importDetail } },
    errors: ['import_not_found'],
  },
  'GET /admin/imports/{id}/events': {
    tag: 'Admin: accounts',
    summary: 'Watch an import',
    headers: lastEventId,
    answers: { 200: { description: 'Events.', events: { byName: importEvents } } },
    errors: ['import_not_found'],
  },
} as const satisfies RouteDocuments;
