import type { RouteHandler } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';
import { refuseBroughtTokens } from './refuse-brought-tokens.ts';
import { readTokenOrder } from './sign-body.ts';
import { showOrder } from './sign-file.ts';
import type { SignedUploads } from './signed-uploads.ts';

/** What would open the account's storage for more than one file is never given to anybody. */
const noKeys = { access_key_id: null, access_key_secret: null, security_token: null };

/**
 * `POST /api/files/getstsToken`: the site's own route, in the site's words (qwen-web §6.1), but for the keys. In their
 * place `upload` holds one signed PUT. Clients read the answer flat or below `data`, so it is there twice.
 */
export function createGiveToken(uploads: SignedUploads): RouteHandler {
  return async (call) => {
    refuseBroughtTokens(call.caller);
    const { id, grant } = await uploads.toAccount(readTokenOrder(call.body), { signatureVersion: 'v4' }, call);
    const { bucket, region, endpoint, path } = grant.storage;
    const token = {
      ...noKeys,
      bucketname: bucket,
      region,
      endpoint,
      file_path: path,
      file_url: grant.fileUrl,
      file_id: id,
      upload: showOrder(grant),
    };
    return jsonResponse({ success: true, request_id: call.requestId, data: token, ...token });
  };
}
