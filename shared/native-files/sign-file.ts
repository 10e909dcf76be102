import type { RouteHandler } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';
import { refuseBroughtTokens } from './refuse-brought-tokens.ts';
import { readSignOrder } from './sign-body.ts';
import type { SignedUploads, UploadOrder } from './signed-uploads.ts';

/** `POST /api/files/sign`: a signature for one file, of one size and one type. Its answer is for a PUT by anybody. */
export function createSignFile(uploads: SignedUploads): RouteHandler {
  return async (call) => {
    refuseBroughtTokens(call.caller);
    const { file, storage, form } = readSignOrder(call.body);
    if (storage === 'bucket') {
      const order = await uploads.toBucket(file, call);
      return jsonResponse({ id: order.id, ...showOrder(order) }, 201);
    }
    const { id, grant } = await uploads.toAccount(file, form, call);
    return jsonResponse({ id, ...showOrder(grant), file_url: grant.fileUrl }, 201);
  };
}

/** @returns the fields of every answer that tells how to upload; `expires_at` is in epoch seconds. */
export function showOrder({ method, url, headers, expiresAt }: UploadOrder): object {
  return { method, url, headers, expires_at: Math.floor(expiresAt / 1000) };
}
