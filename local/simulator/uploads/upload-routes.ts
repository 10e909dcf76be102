import type { Account } from '../accounts/account-book.ts';
import type { Exchange } from '../http/exchange.ts';
import type { SimulatorRoute } from '../http/route.ts';
import { isRecord, textField } from '../json-value.ts';
import type { SimulatorState } from '../state.ts';
import { encodeKey } from './encode-key.ts';
import type { StoredFile } from './file-book.ts';
import { readAnnouncement } from './read-announcement.ts';
import { storageCredentials } from './storage-credentials.ts';

/** Permission to upload, and the reading of documents (qwen-web §6.1, §6.4). */
export const uploadRoutes: readonly SimulatorRoute[] = [
  {
    method: 'POST',
    path: '/api/v2/files/getstsToken',
    kind: 'upload-token',
    access: 'account',
    handle: (exchange, account, state) => grant(exchange, account, state, (token) => exchange.sendSuccess(token)),
  },
  {
    method: 'POST',
    path: '/api/v1/files/getstsToken',
    kind: 'upload-token',
    access: 'account',
    handle: (exchange, account, state) => grant(exchange, account, state, (token) => exchange.sendJson(token)),
  },
  { method: 'POST', path: '/api/v2/files/parse', kind: 'parse', access: 'account', handle: parse },
  { method: 'POST', path: '/api/v2/files/parse/status', kind: 'parse-status', access: 'account', handle: parseStatus },
];

function grant(exchange: Exchange, account: Account, state: SimulatorState, send: (token: object) => void): void {
  const announced = readAnnouncement(exchange.body);
  if (announced === undefined) exchange.sendError('validation-error');
  else send(uploadToken(state.files.announce({ ...announced, accountId: account.id }), state));
}

function uploadToken(file: StoredFile, state: SimulatorState): object {
  return {
    access_key_id: storageCredentials.accessKeyId,
    access_key_secret: storageCredentials.accessKeySecret,
    security_token: storageCredentials.securityToken,
    file_url: `${state.url}/${encodeKey(file.path)}?x-oss-signature=TEST`,
    file_path: file.path,
    file_id: file.id,
    bucketname: storageCredentials.bucket,
    region: storageCredentials.region,
    endpoint: state.url,
  };
}

function parse(exchange: Exchange, account: Account, state: SimulatorState): void {
  const id = textField(exchange.body, 'file_id') ?? '';
  exchange.sendSuccess({ file_id: id, status: statusOf(id, account, state) });
}

function parseStatus(exchange: Exchange, account: Account, state: SimulatorState): void {
  const list = isRecord(exchange.body) ? exchange.body.file_id_list : undefined;
  const ids = Array.isArray(list) ? list.filter((id) => typeof id === 'string') : [];
  const statuses: object[] = [];
  for (const id of ids) {
    const file = state.files.find(id);
    if (file !== undefined) {
      state.files.update({ ...file, parsePolls: file.parsePolls + 1 });
    }
    const status = faultyStatus(exchange) ?? statusOf(id, account, state);
    const polled = state.files.find(id);
    if (polled !== undefined && status === 'success') {
      state.files.update({ ...polled, isRead: true });
    }
    statuses.push({ file_id: id, status });
  }
  exchange.sendSuccess(statuses);
}

function faultyStatus({ fault }: Exchange): string | undefined {
  if (fault?.fault === 'parse-slow') return 'running';
  return fault?.fault === 'parse-failed' ? 'failed' : undefined;
}

/** A document is read by the second question about it; one that was never uploaded can't be. */
function statusOf(id: string, account: Account, state: SimulatorState): string {
  const file = state.files.find(id);
  if (file?.content === undefined || file.accountId !== account.id) {
    return 'failed';
  }
  return file.parsePolls >= 2 ? 'success' : 'running';
}
