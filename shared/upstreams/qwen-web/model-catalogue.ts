import { UpstreamUnavailableError } from '../../chat/errors/answer-faults.ts';
import type { Model } from '../../chat/model.ts';
import type { Credentials } from '../../chat/upstream.ts';
import { actualStatus, type RefusedResponse } from './classify-error.ts';
import { upstreamHeaders } from './headers.ts';
import { callJsonWithFallback } from './json-call.ts';
import { type JsonObject, listField, objectField } from './json-fields.ts';
import { readModel } from './read-model.ts';
import { isRetiredAddress } from './retired-address.ts';
import type { Transport } from './transport.ts';

/**
 * Asks for the models on offer, at the newer address and, where that fails, at the older one (qwen-web §2).
 *
 * @throws UpstreamError when neither gives a catalogue.
 */
export async function listModels(
  transport: Transport,
  credentials: Credentials | undefined,
  signal: AbortSignal,
): Promise<readonly Model[]> {
  const headers = upstreamHeaders({ credentials, accept: 'application/json' });
  const call = { method: 'GET', path: '/api/v2/models/', headers, signal, account: credentials } as const;
  const { body } = await callJsonWithFallback(transport, call, { ...call, path: '/api/models' }, isOutOfService);
  const models = new Map<string, Model>();
  for (const item of items(body)) {
    const model = readModel(item);
    if (model !== undefined && !models.has(model.id)) models.set(model.id, model);
  }
  if (models.size > 0) return [...models.values()];
  throw new UpstreamUnavailableError('The upstream gave a catalogue without models.', {
    upstreamCode: 'empty_catalogue',
  });
}

function isOutOfService(refused: RefusedResponse): boolean {
  return isRetiredAddress(refused) || actualStatus(refused.status, refused.headers) >= 500;
}

/** The list, in the newer envelope or bare. */
function items(body: JsonObject): readonly unknown[] {
  return listField(objectField(body, 'data'), 'data') ?? listField(body, 'data') ?? [];
}
