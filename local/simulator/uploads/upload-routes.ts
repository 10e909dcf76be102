import type { Account } from '../accounts/account-book.ts';
import type { Exchange } from '../http/exchange.ts';
import type { SimulatorRoute } from '../http/route.ts';
import { isRecord, textField } from '../json-value.ts';
import type { SimulatorState } from '../state.ts';
import { storageCredentials } from './storage-credentials.ts';

/** Permission to upload, and the reading of documents (qwen-web §6.1, §6.4). */
export const uploadRoutes: readonly SimulatorRoute[] = [
  {
    method: 'POST',
    path: '/api/v2/files/getstsToken',
    kind: 'upload-token',
    access: 'account',
    handle: (exchange, account, state) => exchange.sendSuccess(uploadToken(exchange, account, state)),
  },
  {
    method: 'POST',
    path: '/api/v1/files/getstsToken',
    kind: 'upload-token',
    access: 'account',
    handle: (exchange, account, state) => exchange.sendJson(uploadToken(exchange, account, state)),
  },
  { method: 'POST', path: '/api/v2/files/parse', kind: 'parse', access: 'account', handle: parse },
  { method: 'POST', path: '/api/v2/files/parse/status', kind: 'parse-status', access: 'account', handle: parseStatus },
];

function uploadToken(exchange: Exchange, account: Account, state: SimulatorState): object {
  const file = state.files.announce(account.id, textField(exchange.body, 'filename') ?? 'file');
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    access_key_id: storageCredentials.accessKeyId,
    access_key_secret: storageCredentials.accessKeySecret,
    security_token: storageCredentials.securityToken,
    file_url: `${state.url}/${path}?x-oss-signature=TEST`,
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
    statuses.push({ file_id: id, status: statusOf(id, account, state) });
  }
  exchange.sendSuccess(statuses);
}

/** A document is read by the second question about it; one that was never uploaded can't be. */
function statusOf(id: string, account: Account, state: SimulatorState): string {
  const file = state.files.find(id);
  if (file?.bytes === undefined || file.accountId !== account.id) {
    return 'failed';
  }
  return file.parsePolls >= 2 ? 'success' : 'running';
}
